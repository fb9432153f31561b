import { describe, expect, test } from 'vitest'
import { inspect } from 'node:util'
import { account, load, problems } from './workspace.ts'

const vendor = 'https://api.vendor.example'

/** Returns the setting whose proxy is used for vendor calls to each origin. Null if there is none. */
function findSettings(environment: Record<string, string>, origins: readonly string[], yaml = account) {
  const { findProxy } = load(yaml, { environment }).accounts[0]!
  return origins.map((origin) => findProxy(origin)?.setting ?? null)
}

/** Returns `account` with a proxy. */
const withProxy = (proxy: string) => account.replace('secret }', `secret, proxy: ${proxy} }`)

describe('proxy of a vendor call', () => {
  test.each<[environment: Record<string, string>, https: string | null, http: string | null]>([
    [{}, null, null],
    [{ HTTPS_PROXY: 'http://one:1' }, 'HTTPS_PROXY', null],
    [{ HTTP_PROXY: 'http://one:1' }, null, 'HTTP_PROXY'],
    [{ https_proxy: 'http://one:1', http_proxy: 'http://two:2' }, 'https_proxy', 'http_proxy'],
    [{ HTTPS_PROXY: 'http://one:1', https_proxy: 'http://two:2' }, 'https_proxy', null],
    [{ HTTPS_PROXY: 'http://one:1', https_proxy: '' }, 'HTTPS_PROXY', null],
    [{ HTTPS_PROXY: '', HTTP_PROXY: '' }, null, null],
  ])('is read from the environment variables %j', (environment, https, http) => {
    expect(findSettings(environment, [vendor, 'http://api.vendor.example'])).toEqual([https, http])
  })

  test('is read from the configuration first', () => {
    const environment = { HTTPS_PROXY: 'http://one:1', HTTP_PROXY: 'http://one:1' }
    const origins = [vendor, 'http://api.vendor.example']
    const find = (yaml: string) => findSettings(environment, origins, yaml)
    expect(find(`proxy: http://two:2${account}`)).toEqual(['proxy', 'proxy'])
    expect(find(`proxy: false${account}`)).toEqual([null, null])
    expect(find(withProxy('http://two:2'))).toEqual(['accounts.main.proxy', 'accounts.main.proxy'])
    expect(find(withProxy('false'))).toEqual([null, null])
    expect(find(`proxy: false${withProxy('http://two:2')}`)).toEqual(['accounts.main.proxy', 'accounts.main.proxy'])
  })

  test('is not used for loopback addresses, unless the account sets one', () => {
    const origins = [
      'https://127.0.0.1:8443',
      'https://127.9.9.9',
      'https://[::1]',
      'https://localhost',
      'https://localhost.',
      'https://a.localhost',
    ]
    const environment = { HTTPS_PROXY: 'http://one:1' }
    expect(findSettings(environment, origins)).toEqual(origins.map(() => null))
    expect(findSettings(environment, origins, `proxy: http://two:2${account}`)).toEqual(origins.map(() => null))
    const settings = findSettings({ NO_PROXY: '*' }, origins, withProxy('http://two:2'))
    expect(settings).toEqual(origins.map(() => 'accounts.main.proxy'))
  })

  test.each<[noProxy: string, excluded: string[], proxied: string[]]>([
    ['*', [vendor, 'https://10.1.2.3'], []],
    ['vendor.example', [vendor, 'https://vendor.example', 'https://API.Vendor.Example.'], ['https://myvendor.example']],
    ['.vendor.example', [vendor, 'https://vendor.example'], ['https://vendor.example.org']],
    ['*.vendor.example', [vendor], ['https://other.example']],
    ['Vendor.EXAMPLE.', [vendor], []],
    ['.Bücher.example', ['https://bücher.example', 'https://api.xn--bcher-kva.example'], [vendor]],
    ['api.vendor.example:443', [vendor], ['https://api.vendor.example:8443']],
    ['api.vendor.example:8443', ['https://api.vendor.example:8443'], [vendor]],
    ['one.example, ,two.example  three.example', ['https://one.example', 'https://three.example'], [vendor]],
    ['10.0.0.0/8', ['https://10.1.2.3', 'https://10.1.2.3:8443'], ['https://11.1.2.3', 'https://10.example']],
    ['10.1.2.3', ['https://10.1.2.3'], ['https://10.1.2.4']],
    ['10.1.2.3:8443', ['https://10.1.2.3:8443'], ['https://10.1.2.3']],
    ['fd00::/8', ['https://[fd00::1]'], ['https://[fe00::1]']],
    ['[fd00::1]:8443', ['https://[fd00::1]:8443'], ['https://[fd00::1]']],
    ['fd00::1', ['https://[fd00:0::1]'], []],
    ['https://vendor.example,/,:,[,.', [], [vendor]],
  ])('is not used for hosts in NO_PROXY %j', (noProxy, excluded, proxied) => {
    for (const name of ['NO_PROXY', 'no_proxy']) {
      const environment = { HTTPS_PROXY: 'http://one:1', [name]: noProxy }
      expect(findSettings(environment, excluded)).toEqual(excluded.map(() => null))
      expect(findSettings(environment, proxied)).toEqual(proxied.map(() => 'HTTPS_PROXY'))
    }
  })
})

describe('proxy URL', () => {
  test.each<[url: string, href: string, credentials: string | null]>([
    ['http://proxy.example:3128', 'http://proxy.example:3128/', null],
    ['proxy.example:3128', 'http://proxy.example:3128/', null],
    ['https://proxy.example/', 'https://proxy.example/', null],
    ['http://some%40one:p%3Ass@[fd00::1]:3128', 'http://[fd00::1]:3128/', 'some@one:p:ss'],
    ['http://someone@proxy.example', 'http://proxy.example/', 'someone:'],
  ])('accepts %s', (url, href, credentials) => {
    const proxy = load(account, { environment: { HTTPS_PROXY: url } }).accounts[0]!.findProxy(vendor)!
    expect(proxy.url.href).toBe(href)
    const authorization = credentials === null ? null : `Basic ${Buffer.from(credentials).toString('base64')}`
    expect(proxy.authorization).toBe(authorization)
    expect(inspect(proxy) + JSON.stringify({ proxy })).not.toMatch(/someone|Basic/)
  })

  test.each([
    'socks5://canary:1',
    'ftp://canary',
    'http://',
    'http://canary/path',
    'http://canary?a',
    'http://%@canary:1',
    'http://canary:x',
    ' ',
  ])('rejects %s', (url) => {
    const problem = 'must be the URL of an HTTP proxy, such as http://user:password@proxy.example.com:3128.'
    const expected = [
      problems(account, { environment: { HTTPS_PROXY: url } }),
      problems(`proxy: "${url}"${account}`),
      problems(withProxy(JSON.stringify(url))),
    ]
    expect(expected).toEqual([
      [`HTTPS_PROXY: ${problem} Correct it, unset it, or set "proxy: false" in the configuration.`],
      [`parley.config.yaml:1: proxy: ${problem}`],
      [`parley.config.yaml:3: accounts.main.proxy: ${problem}`],
    ])
    expect(problems(`proxy: false${account}`, { environment: { HTTPS_PROXY: url } })).toEqual([])
  })

  test('rejects true', () => {
    const problem = 'must be the URL of an HTTP proxy, such as http://user:password@proxy.example.com:3128, or false.'
    expect(problems(`proxy: true${account}`)).toEqual([`parley.config.yaml:1: proxy: ${problem}`])
  })
})
