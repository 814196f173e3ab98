import { isSignUpOffered } from '../../../identity/sign-ups.ts';
import { html } from '../../../lib/html.ts';
import { textsFor } from '../../ui/languages.ts';
import { codePages } from '../sign-up/code.ts';
import { waitingPage } from '../sign-up/finish.ts';
import { formPages } from '../sign-up/form.ts';
import { linkPages } from '../sign-up/link.ts';
import { signUpPath, withContinuation } from '../sign-up/paths.ts';
import { signUpTexts } from '../sign-up/texts/index.ts';
import type { SignInMethod } from './sign-in-method.ts';

/** An account of one's own, where people may make one. */
export const signUp: SignInMethod = {
  name: 'sign-up',
  isAside: true,
  offer(context, request, purpose) {
    if (!isSignUpOffered(context)) return undefined;
    const t = textsFor(context, request, signUpTexts);
    const href = withContinuation(signUpPath, purpose);
    const createAccount = html`<a id="login-sign-up" href="${href}">${t('createAccount')}</a>`;
    return html`<p>${t.rich('offer', { createAccount })}</p>`;
  },
  routes(app, context) {
    formPages(app, context);
    codePages(app, context);
    linkPages(app, context);
    waitingPage(app, context);
  },
};
