import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import type { Named } from '../../lib/registry.ts';
import type { IconName } from '../ui/icon.ts';
import type { NavigationEntry } from '../ui/navigation.ts';

/** A part of the console, with an address of its own under which all its pages are. */
export interface AdminPage extends Named {
  /** `/admin`, or `/admin/` and one word. */
  readonly path: string;
  /** What the menu calls it. */
  readonly title: string;
  /** Its drawing in the menu; a part without one is not in the menu. */
  readonly icon?: IconName;
  /** Adds its routes. Whoever reaches them is an administrator, and a POST was sent by a page of ours. */
  readonly routes: (app: FastifyInstance, context: ConsoleContext) => void;
}

/** What a part of the console needs: the context, and what stands around its pages. */
export interface ConsoleContext extends Context {
  readonly menu: readonly NavigationEntry[];
  /** The path of the part that is shown. */
  readonly current: string;
}
