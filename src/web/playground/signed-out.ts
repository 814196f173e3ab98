import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { html } from '../../lib/html.ts';
import { SealError } from '../../lib/seal.ts';
import { browserId } from '../ui/browser-session.ts';
import { buttonRow, linkButton } from '../ui/button.ts';
import type { Page } from '../ui/page.ts';
import { parameterList } from './frame.ts';

/** The state of a sign-out request: it says by itself that this browser made it, so that it need not be remembered. */
export function signOutState(context: Context, request: FastifyRequest, reply: FastifyReply): string {
  return context.secretKey.seal(String(context.now()), boundTo(browserId(context, request, reply)));
}

/** Whether this browser made the sign-out request that this state comes back from. */
export function isSignOutState(context: Context, request: FastifyRequest, reply: FastifyReply, state: string): boolean {
  try {
    return context.secretKey.unseal(state, boundTo(browserId(context, request, reply))) !== '';
  } catch (error) {
    if (error instanceof SealError) return false;
    throw error;
  }
}

/** The end of a run: the browser is back from the end session endpoint. Nobody may be signed in any more. */
export function signedOutPage(state: string, isSignedIn: boolean): Page {
  return {
    title: isSignedIn ? 'You are signed in' : 'You are signed out',
    windowTitle: 'Signed out · Playground',
    lead: isSignedIn
      ? 'You have signed in again since the end session endpoint sent you here.'
      : 'The session has ended, and the end session endpoint has sent you back to the playground.',
    body: html`<p>It brought the state of the sign-out request along, which this browser made:</p>
${parameterList({ state })}
<p>With the session ended everything that hung from it: its access and refresh tokens are refused from now on, unless
they were given for <code>offline_access</code>.</p>
${buttonRow(linkButton({ label: 'Start again', href: '/playground' }))}`,
  };
}

const boundTo = (browser: string): string => `playground-sign-out/${browser}`;
