import type { DeviceNameTexts } from './texts/index.ts';

/** What a browser says of itself (User-Agent), in words such as `Firefox on Linux`; it may say what it likes. */
export function deviceName(t: DeviceNameTexts, user_agent: string): string {
  const browser = firstIn(browsers, user_agent);
  const system = firstIn(systems, user_agent);
  if (browser !== undefined && system !== undefined) return t('browserOnSystem', { browser, system });
  return browser ?? system ?? t('unknown');
}

type Rules = readonly (readonly [name: string, sign: RegExp])[];

// Those first that also carry the signs of others.
const browsers: Rules = [
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Opera', /\bOPR\/|\bOpera\b/],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Vivaldi', /\bVivaldi\//],
  ['Yandex Browser', /\bYaBrowser\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:Chrome|CriOS|HeadlessChrome)\//],
  ['Chromium', /\bChromium\//],
  ['Safari', /\bVersion\/[\d.]+.*\bSafari\//],
  ['Internet Explorer', /\bTrident\/|\bMSIE /],
  ['curl', /^curl\//],
];

const systems: Rules = [
  ['Windows', /\bWindows\b/],
  ['iPadOS', /\biPad\b/],
  ['iOS', /\biPhone\b|\biPod\b/],
  ['Android', /\bAndroid\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['macOS', /\bMac OS X\b|\bMacintosh\b/],
  ['Linux', /\bLinux\b|\bX11\b/],
];

function firstIn(rules: Rules, user_agent: string): string | undefined {
  return rules.find(([, sign]) => sign.test(user_agent))?.[0];
}
