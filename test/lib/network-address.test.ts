import { expect, test } from 'vitest';
import { isLoopbackHost, networkOf } from '../../src/lib/network-address.ts';

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['::ffff:c000:207', '192.0.2.7'],
  ['64:ff9b::192.0.2.7', '64:ff9b:0:0::/64'],
  ['', 'unknown'],
  ['evil', 'unknown'],
  ['192.0.2.7, 10.0.0.1', 'unknown'],
])('a guess from %j is counted for %j', (address, network) => expect(networkOf(address)).toBe(network));

test.each([
  ['localhost', true],
  ['castellan.localhost', true],
  ['127.0.0.1', true],
  ['127.255.0.9', true],
  ['[::1]', true],
  ['localhost.evil.example', false],
  ['notlocalhost', false],
  ['128.0.0.1', false],
  ['127.0.0.1.evil.example', false],
  ['[::2]', false],
])('http to %s stays on this machine: %s', (hostname, isLoopback) => {
  expect(isLoopbackHost(hostname)).toBe(isLoopback);
});
