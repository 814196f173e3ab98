import type { Context } from './context.ts';
import { listFormerHosts } from './identity/passkeys/index.ts';
import { createSetupLink, isSetupDone } from './identity/setup.ts';

/**
 * Tells the operator where the server is, how to become its administrator as long as there has been none, and which
 * passkeys a change of the public URL has left behind.
 */
export async function announce(context: Context, print: (text: string) => void): Promise<void> {
  const { publicUrl, issuer } = context.config;
  const lines = [
    `Castellan is running at ${publicUrl}`,
    `OpenID configuration    ${issuer}/.well-known/openid-configuration`,
  ];
  if (!(await isSetupDone(context))) {
    const setupLink = await createSetupLink(context, { id: 'system' });
    lines.push(`Make the administrator  ${setupLink}`);
  }
  for (const { rp_id, passkeys } of await listFormerHosts(context))
    lines.push(
      `Warning: passkeys made at ${rp_id} work only there, not at ${new URL(publicUrl).hostname} (${passkeys} of them).`,
    );
  print(lines.join('\n'));
}
