import { isMailConfigured } from '../../../identity/mails.ts';
import { html } from '../../../lib/html.ts';
import { linkButton } from '../../ui/button.ts';
import { icon } from '../../ui/icon.ts';
import { textsFor } from '../../ui/languages.ts';
import { askPages } from '../email-code/ask.ts';
import { codePages } from '../email-code/code.ts';
import { linkPages } from '../email-code/link.ts';
import { emailCodePath } from '../email-code/paths.ts';
import { emailCodeTexts } from '../email-code/texts/index.ts';
import type { SignInMethod } from './sign-in-method.ts';

/** A code and a link by mail, where mail can be sent. */
export const emailCode: SignInMethod = {
  name: 'email-code',
  offer(context, request, { sealed }) {
    if (!isMailConfigured(context)) return undefined;
    const t = textsFor(context, request, emailCodeTexts);
    const label = html`${icon('mail')}${t('offer')}`;
    return linkButton({ id: 'login-email-code', label, href: emailCodePath({ sealed }), kind: 'quiet', wide: true });
  },
  routes(app, context) {
    askPages(app, context);
    codePages(app, context);
    linkPages(app, context);
  },
};
