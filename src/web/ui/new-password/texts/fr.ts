import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const fr: Texts<typeof en> = {
  newPassword: 'Nouveau mot de passe',
  hint: 'Au moins {characters} caractères. Quelques mots à la suite sont faciles à retenir et difficiles à deviner.',
  strength: 'Difficulté à deviner ce mot de passe',
  veryWeak: 'Très facile à deviner',
  weak: 'Facile à deviner',
  fair: 'Pourrait être plus difficile à deviner',
  good: 'Bon',
  strong: 'Très bon',
  passwordShort: 'Choisissez un mot de passe d’au moins {characters} caractères.',
  passwordLong: 'Choisissez un mot de passe de {characters} caractères au plus.',
  passwordCharacters:
    'Ce mot de passe contient un caractère invisible, par exemple un saut de ligne. Choisissez-en un qui n’en contient pas.',
  passwordIsName: 'Choisissez un mot de passe différent de votre nom d’utilisateur et de votre adresse e-mail.',
  passwordCommon: 'Ce mot de passe est parmi les premiers que l’on essaie. Choisissez-en un autre.',
  passwordWeak: 'Ce mot de passe est facile à deviner. Allongez-le, par exemple avec un mot de plus.',
  passwordSame: 'C’est votre mot de passe actuel. Choisissez-en un autre.',
};
