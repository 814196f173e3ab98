import { describe, expect, test } from 'vitest';
import { createAllowance, isAllowanceEntry, isPublicAddress } from '../../src/lib/public-address.ts';

describe('an address', () => {
  test.each(['1.1.1.1', '93.184.215.14', '172.15.255.255', '172.32.0.1', '100.63.255.255', '2606:4700::1111'])(
    '%s is public',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  test.each([
    ['this network', '0.0.0.0'],
    ['this network', '0.1.2.3'],
    ['this machine', '127.0.0.1'],
    ['this machine', '127.255.255.254'],
    ['this machine', '::1'],
    ['nothing', '::'],
    ['a private network', '10.1.2.3'],
    ['a private network', '172.16.0.1'],
    ['a private network', '172.31.255.255'],
    ['a private network', '192.168.1.1'],
    ['a private network', 'fd00::1'],
    ['a private network', 'fc00::1'],
    ['a private network of old', 'fec0::1'],
    ['a network shared by a carrier', '100.64.0.1'],
    ['a network shared by a carrier', '100.127.255.255'],
    ['a link, where cloud metadata lives', '169.254.169.254'],
    ['a link', 'fe80::1'],
    ['a link', 'fe80::1%eth0'],
    ['protocol assignments', '192.0.0.8'],
    ['documentation', '192.0.2.1'],
    ['documentation', '198.51.100.1'],
    ['documentation', '203.0.113.1'],
    ['documentation', '2001:db8::1'],
    ['documentation', '3fff::1'],
    ['benchmarks', '198.18.0.1'],
    ['benchmarks', '2001:2::1'],
    ['a relay of 6to4', '192.88.99.1'],
    ['multicast', '224.0.0.1'],
    ['multicast', 'ff02::1'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['IPv4 in IPv6', '::ffff:127.0.0.1'],
    ['IPv4 in IPv6', '::ffff:a9fe:a9fe'],
    ['public IPv4 in IPv6', '::ffff:1.1.1.1'],
    ['IPv4 in IPv6 as it was written once', '::127.0.0.1'],
    ['IPv4 translated', '::ffff:0:127.0.0.1'],
    ['NAT64', '64:ff9b::7f00:1'],
    ['NAT64', '64:ff9b:1::7f00:1'],
    ['6to4', '2002:7f00:1::'],
    ['Teredo', '2001:0:7f00:1::'],
    ['discard only', '100::1'],
    ['segment routing', '5f00::1'],
    ['not given out', '4000::1'],
    ['no address', ''],
    ['no address', 'localhost'],
    ['a number', '2130706433'],
    ['an address in short', '127.1'],
    ['an address in hexadecimal', '0x7f.1'],
    ['an address in octal', '0177.0.0.1'],
  ])('of %s is not public: %s', (_what, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('an allowance', () => {
  test.each(['localhost:8443', 'app:3000', '[::1]:8443', '127.0.0.1:80', '10.0.0.0/8', '::1', 'fd00::/8', '127.0.0.1'])(
    'may list %s',
    (entry) => {
      expect(isAllowanceEntry(entry)).toBe(true);
    },
  );

  test.each(['', 'localhost', 'http://localhost:80', 'localhost:0', 'localhost:99999', '10.0.0.0/33', 'a b:80', ':80'])(
    'may not list %s',
    (entry) => {
      expect(isAllowanceEntry(entry)).toBe(false);
    },
  );

  test('covers hosts on their ports alone, and addresses of its networks alone', () => {
    const { coversHost, coversAddress } = createAllowance(['App:3000', 'site.example:443', '10.0.0.0/8', 'fd00::/8']);
    expect(coversHost(new URL('http://app:3000/x'))).toBe(true);
    expect(coversHost(new URL('https://site.example/x'))).toBe(true);
    expect(coversHost(new URL('http://site.example/x'))).toBe(false);
    expect(coversHost(new URL('http://app:3001/x'))).toBe(false);
    expect(coversHost(new URL('http://sub.app:3000/x'))).toBe(false);
    expect(coversAddress('10.255.0.1')).toBe(true);
    expect(coversAddress('fd12::1')).toBe(true);
    expect(coversAddress('11.0.0.1')).toBe(false);
    expect(coversAddress('::ffff:10.0.0.1')).toBe(false);
    expect(coversAddress('app')).toBe(false);
  });
});
