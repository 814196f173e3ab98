import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const fr: Texts<typeof en> = {
  continueWith: 'Continuer avec {provider}',
  cancelled: 'La connexion avec {provider} a été annulée. Réessayez, ou connectez-vous autrement.',
  unreachable: '{provider} ne répond pas pour le moment. Réessayez plus tard, ou connectez-vous autrement.',
  refused:
    '{provider} n’a pas pu vous connecter. Réessayez, ou connectez-vous autrement. Si cela se reproduit, prévenez votre administrateur.',
  tooLong:
    'L’application demande plus qu’on ne peut transmettre à {provider}. Connectez-vous autrement. Ou connectez-vous d’abord avec {provider} sur {page}, puis rouvrez l’application.',
  startAgain: 'Veuillez recommencer',
  otherBrowser: 'Cette connexion a été commencée dans un autre navigateur, ou il y a trop longtemps.',
  toSignIn: 'Aller à la page de connexion',
  noSuchProvider: 'Cette façon de se connecter n’existe pas',
  noSuchProviderText: 'Elle a peut-être été désactivée. Connectez-vous autrement.',
  backToSignIn: 'Retour à la connexion',
  newHere: 'Bienvenue',
  newHereLead: '{provider} nous a dit qui vous êtes. Vérifiez ces indications, et votre compte est prêt.',
  username: 'Nom d’utilisateur',
  name: 'Nom',
  email: 'Adresse e-mail',
  createAccount: 'Créer le compte',
  haveAccount: 'Vous avez déjà un compte ici ?',
  signInAndConnect: 'Se connecter et associer',
  connectFirst: 'Vous avez déjà un compte ici',
  connectFirstText:
    'Il existe un compte avec l’adresse {email}. Connectez-vous-y une fois comme d’habitude, et associez-le. Ensuite, {provider} suffira.',
  noAccount: 'Il n’y a pas encore de compte pour vous ici',
  noAccountText: '{provider} nous a dit qui vous êtes, mais personne ici n’est associé à ce compte.',
  noAccountAsk:
    'Si vous avez un compte ici, connectez-vous-y une fois et associez-le. Sinon, demandez-en un à votre administrateur.',
  connectQuestion: 'Associer {provider} ?',
  connectText: 'Ensuite, vous pourrez vous connecter à ce compte avec {provider} en tant que {label}.',
  connect: 'Associer',
  notNow: 'Pas maintenant',
  connected: 'Votre compte est associé à {provider}.',
  connectedToOther: 'Cette association est impossible',
  connectedToOtherText:
    '{label} chez {provider} est associé à un autre compte ici. Dissociez-le d’abord là-bas, ou adressez-vous à votre administrateur.',
  toAccount: 'Retour à votre compte',
};
