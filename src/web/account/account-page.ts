import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import type { Named } from '../../lib/registry.ts';
import type { IconName } from '../ui/icon.ts';
import type { AccountTexts } from './texts/index.ts';

/** A page of the account, with an address of its own under which all its routes are. */
export interface AccountPage extends Named {
  /** `/account`, or `/account/` and one word. */
  readonly path: string;
  /** What the menu and the heading call it. */
  readonly title: (t: AccountTexts) => string;
  /** Its drawing in the menu. */
  readonly icon: IconName;
  /** Adds its routes. Whoever reaches them is signed in, and a POST was sent by a page of ours. */
  readonly routes: (app: FastifyInstance, context: Context) => void;
}
