import type { FastifyRequest } from 'fastify';
import { distrustDevice, listTrustedDevices, type TrustedDevice } from '../../../identity/trusted-devices.ts';
import { postForm, submitButton } from '../../ui/button.ts';
import { deviceName } from '../../ui/device-name/index.ts';
import { deviceNameTexts } from '../../ui/device-name/texts/index.ts';
import { textsFor } from '../../ui/languages.ts';
import { dataTable } from '../../ui/list.ts';
import { redirectWithNews } from '../../ui/news.ts';
import { section } from '../../ui/section.ts';
import { timeTag } from '../../ui/time.ts';
import { actorOf, visitorSession } from '../guard.ts';
import type { SecuritySection } from './security-section.ts';
import { securityTexts } from './texts/index.ts';

const page = '/account/security';
const path = `${page}/devices`;

type DeviceRequest = FastifyRequest<{ Params: { device_id: string } }>;

/** Where the password alone is enough. */
export const trustedDevices: SecuritySection = {
  name: 'devices',
  async section(context, request, _reply, { user }) {
    const devices = await listTrustedDevices(context, user);
    if (devices.length === 0) return undefined;
    const t = textsFor(context, request, securityTexts);
    return section({
      id: 'account-devices',
      heading: t('trustedDevices'),
      lead: t('trustedDevicesLead'),
      body: dataTable<TrustedDevice>({
        caption: t('trustedDevices'),
        rows: devices,
        columns: [
          {
            heading: t('browser'),
            cell: ({ user_agent }) => deviceName(t.with(deviceNameTexts), user_agent),
          },
          { heading: t('from'), kind: 'code', cell: ({ address }) => address },
          { heading: t('lastUsedAt'), cell: ({ last_used_at }) => timeTag(last_used_at, t) },
          { heading: t('trustedUntil'), cell: ({ expires_at }) => timeTag(expires_at, t) },
          {
            heading: t('actions'),
            kind: 'actions',
            cell: ({ id }) =>
              postForm({
                action: `${path}/${id}/remove`,
                inline: true,
                body: submitButton({ label: t('distrust'), kind: 'danger' }),
              }),
          },
        ],
      }),
    });
  },
  routes(app, context) {
    // Giving up a trust can do no harm, so it asks for no fresh sign-in.
    app.post(`${path}/:device_id/remove`, async (request: DeviceRequest, reply) => {
      const { user } = await visitorSession(context, request);
      const { device_id } = request.params;
      if (/^[0-9a-f]{32}$/.test(device_id))
        await distrustDevice(context, user, device_id, await actorOf(context, request));
      const t = textsFor(context, request, securityTexts);
      return redirectWithNews(context, request, reply, page, { text: t('distrusted') });
    });
  },
};
