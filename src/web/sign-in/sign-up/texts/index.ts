/** What the pages say on which people make their own account. */
import type { Translate } from '../../../../lib/message-format.ts';
import { catalogue } from '../../../ui/languages.ts';
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

export const signUpTexts = catalogue({ en, de, fr, es, it, pt, nl, pl, ja, zh });

export type SignUpTexts = Translate<typeof en>;
