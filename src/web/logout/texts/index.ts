/** What the pages of signing out say. */
import type { Translate } from '../../../lib/message-format.ts';
import { catalogue } from '../../ui/languages.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { it } from './it.ts';
import { ja } from './ja.ts';
import { nl } from './nl.ts';
import { pl } from './pl.ts';
import { pt } from './pt.ts';
import { zh } from './zh.ts';

export const logoutTexts = catalogue({ en, de, fr, es, it, pt, nl, pl, ja, zh });

export type LogoutTexts = Translate<typeof en>;
