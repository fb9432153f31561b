import { expect, test } from 'vitest'
import { trueconf } from '../../../src/vendors/trueconf/index.ts'

const credentials = { clientId: 'id', clientSecret: 'secret' }
const serverUrl = 'https://video.example.com'

const faults = (settings: object): string[] =>
  trueconf.config.safeParse(settings).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []

test('the version of the API is 3.8 where nothing is said', () => {
  expect(trueconf.config.parse({ serverUrl: `${serverUrl}/`, ...credentials })).toEqual({
    serverUrl,
    credentials,
    ca: undefined,
    apiVersion: 'v3.8',
  })
})

test('a secret key stands alone', () => {
  expect(trueconf.config.parse({ serverUrl, secretKey: 'k&y' })).toMatchObject({ credentials: { secretKey: 'k&y' } })
})

test.each([
  [{ serverUrl }, /^clientId: credentials must come one way/],
  [{ serverUrl, clientId: 'id' }, /^clientSecret: credentials must come one way/],
  [{ serverUrl, ...credentials, secretKey: 'key' }, /^secretKey: credentials must come one way/],
  [{ serverUrl, clientId: 'id', clientSecret: ' ' }, /^clientSecret: must not be empty/],
  [{ ...credentials }, /^serverUrl: /],
  [{ serverUrl: 'video.example.com', ...credentials }, /^serverUrl: must be an absolute address/],
  [{ serverUrl: 'http://video.example.com', ...credentials }, /^serverUrl: must use https/],
  [{ serverUrl: 'https://u:p@video.example.com', ...credentials }, /^serverUrl: must not hold a user name/],
  [{ serverUrl: `${serverUrl}?access_token=x`, ...credentials }, /^serverUrl: must not hold a query/],
  [{ serverUrl, ...credentials, apiVersion: 'v4' }, /^apiVersion: must be v3 to v3.11/],
  [{ serverUrl, ...credentials, ca: './ca.crt' }, /^ca: must be a certificate in PEM/],
  [{ serverUrl, ...credentials, secret: 'x' }, /secret/],
])('%j is refused with the cure', (settings, message) => {
  expect(faults(settings)[0]).toMatch(message)
})

test('the environment alone makes an account', () => {
  expect(trueconf.fromEnvironment({})).toBeNull()
  const environment = { TRUECONF_URL: serverUrl, TRUECONF_CLIENT_ID: 'id', TRUECONF_CLIENT_SECRET: 'secret' }
  expect(trueconf.fromEnvironment(environment)).toEqual({ serverUrl, ...credentials })
  expect(trueconf.fromEnvironment({ TRUECONF_SECRET_KEY: 'key' })).toEqual({ secretKey: 'key' })
})
