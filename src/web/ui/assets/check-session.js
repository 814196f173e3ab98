// The check session iframe: an application's script asks "client_id session_state", and hears whether the session is
// still the same (unchanged), is not (changed), or that we cannot tell (error).

const { cookie, asker } = document.currentScript.dataset;
const isKnown = new Map();

addEventListener('message', async ({ data, origin, source }) => {
  if (!source || origin === 'null') return;
  source.postMessage(await answer(data, origin), origin);
});

async function answer(data, origin) {
  try {
    const [, client_id, hash, salt] = /^([\x21-\x7e]{1,200}) ([\w-]{43})\.([\w-]{1,100})$/.exec(data) ?? [];
    if (!salt || !(await mayAsk(client_id, origin))) return 'error';
    // Where the browser keeps our cookies from frames of other sites, a missing one says nothing.
    if ((await document.hasStorageAccess?.()) === false) return 'error';
    return (await hashOf(`${client_id} ${origin} ${state()} ${salt}`)) === hash ? 'unchanged' : 'changed';
  } catch {
    return 'error';
  }
}

function mayAsk(client_id, origin) {
  const query = new URLSearchParams({ client_id, origin }).toString();
  if (!isKnown.has(query)) isKnown.set(query, ask(query));
  return isKnown.get(query);
}

async function ask(query) {
  try {
    const { status } = await fetch(`${asker}?${query}`, { credentials: 'omit' });
    return status === 204;
  } catch (error) {
    isKnown.delete(query);
    throw error;
  }
}

function state() {
  const pairs = document.cookie.split('; ').filter((pair) => pair.startsWith(`${cookie}=`));
  return pairs.length === 1 ? pairs[0].slice(cookie.length + 1) : '';
}

async function hashOf(text) {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(digest)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
