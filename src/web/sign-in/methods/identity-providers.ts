import { html } from '../../../lib/html.ts';
import { listIdentityProviders } from '../../../protocol/identity-providers/registered-providers.ts';
import { linkButton } from '../../ui/button.ts';
import { textsFor } from '../../ui/languages.ts';
import { providerMark } from '../../ui/provider-mark.ts';
import { callbackRoute } from '../federation/callback.ts';
import { connectRoutes } from '../federation/connect.ts';
import { newcomerRoutes } from '../federation/newcomer.ts';
import { startRoute } from '../federation/start.ts';
import { federationTexts } from '../federation/texts/index.ts';
import type { SignInMethod } from './sign-in-method.ts';

/**
 * A button for each identity provider. It is a link: the browser leaves our site, where the CSP would hold a form back,
 * and nothing has happened when somebody else makes a person open it.
 */
export const identityProviders: SignInMethod = {
  name: 'identity-providers',
  async offer(context, request, { sealed }) {
    const enabled = (await listIdentityProviders(context)).filter(({ disabled }) => !disabled);
    if (enabled.length === 0) return undefined;
    const t = textsFor(context, request, federationTexts);
    const query = sealed === undefined ? '' : `?continuation=${sealed}`;
    return enabled.map(({ name, settings }) =>
      linkButton({
        id: `login-with-${name}`,
        label: html`${providerMark(settings.kind)}${t('continueWith', { provider: settings.label })}`,
        href: `/login/with/${name}${query}`,
        kind: 'quiet',
        wide: true,
      }),
    );
  },
  routes(app, context, showProblem) {
    startRoute(app, context, showProblem);
    callbackRoute(app, context, showProblem);
    newcomerRoutes(app, context);
    connectRoutes(app, context);
  },
};
