import { enrolledSecondFactors } from '../../identity/user-authentication/index.ts';
import { type Weakness, waysIn } from '../../identity/user-authentication/ways-in.ts';
import { type Html, type HtmlValue, html } from '../../lib/html.ts';
import { requireUnrepeated } from '../../lib/parameters.ts';
import { queryOf } from '../ui/form-body.ts';
import { textsFor } from '../ui/languages.ts';
import { notice } from '../ui/notice.ts';
import type { AccountPage } from './account-page.ts';
import { visitorSession } from './guard.ts';
import { securitySections } from './security/index.ts';
import { returnNotice } from './security/return-address.ts';
import { type SecurityTexts, securityTexts } from './security/texts/index.ts';
import { sendAccountPage } from './send-account-page.ts';

const path = '/account/security';

/** How the person signs in; its parts are in `security/`. */
export const security: AccountPage = {
  name: 'security',
  path,
  title: (t) => t('security'),
  icon: 'key',
  routes(app, context) {
    app.get(path, async (request, reply) => {
      const { continuation } = requireUnrepeated(queryOf(request));
      const session = await visitorSession(context, request);
      const t = textsFor(context, request, securityTexts);
      const sections: HtmlValue[] = [];
      for (const each of securitySections.values()) sections.push(await each.section(context, request, reply, session));
      const { weakness } = await waysIn(context, session.user);
      const second = await enrolledSecondFactors(context, session.user);
      return sendAccountPage(context, request, reply, {
        lead: t('lead'),
        scripts: [...securitySections.values()].flatMap(({ scripts = [] }) => scripts),
        body: html`${await returnNotice(context, request, reply, continuation)}
${advice(t, weakness, second.length > 0)}${sections}`,
      });
    });
    for (const { routes } of securitySections.values()) routes?.(app, context);
  },
};

/** An account stands the loss of any one thing, or its owner hears of it. */
function advice(t: SecurityTexts, weakness: Weakness | undefined, hasSecondStep: boolean): Html | undefined {
  if (weakness === 'one-way') return notice('warning', t('oneWayIn'), t('oneWayInHeading'));
  if (weakness === 'second-step') return notice('warning', t('oneSecondStep'), t('oneSecondStepHeading'));
  if (!hasSecondStep) return notice('neutral', t('noSecondStep'));
  return undefined;
}
