import { expect, test } from 'vitest'
import { trueconf } from '../../../src/vendors/trueconf/index.ts'

const credentials = { clientId: 'id', clientSecret: 'secret' }
const serverUrl = 'https://video.example.com'

const faults = (settings: object): string[] =>
  trueconf.config.safeParse(settings).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []

test('uses version 3.8 of the API if apiVersion is omitted', () => {
  expect(trueconf.config.parse({ serverUrl: `${serverUrl}/`, ...credentials })).toEqual({
    serverUrl,
    credentials,
    ca: undefined,
    apiVersion: 'v3.8',
  })
})

test('accepts only a secret key', () => {
  expect(trueconf.config.parse({ serverUrl, secretKey: 'k&y' })).toMatchObject({ credentials: { secretKey: 'k&y' } })
})

test.each([
  [{ serverUrl }, /^clientId: .*cannot be combined/],
  [{ serverUrl, clientId: 'id' }, /^clientSecret: .*cannot be combined/],
  [{ serverUrl, ...credentials, secretKey: 'key' }, /^secretKey: .*cannot be combined/],
  [{ serverUrl, clientId: 'id', clientSecret: ' ' }, /^clientSecret: must not be empty/],
  [{ ...credentials }, /^serverUrl: /],
  [{ serverUrl: 'video.example.com', ...credentials }, /^serverUrl: must be an absolute URL/],
  [{ serverUrl: 'http://video.example.com', ...credentials }, /^serverUrl: must use https/],
  [{ serverUrl: 'https://u:p@video.example.com', ...credentials }, /^serverUrl: must not contain a user name/],
  [{ serverUrl: `${serverUrl}?access_token=x`, ...credentials }, /^serverUrl: must not contain a query/],
  [
    { serverUrl, ...credentials, apiVersion: 'v4' },
    /^apiVersion: must be a version 3 of the API, such as v3\.8\. Version 4 is not supported\.$/,
  ],
  [{ serverUrl, ...credentials, ca: './ca.crt' }, /^ca: must be a certificate in PEM/],
  [{ serverUrl, ...credentials, secret: 'x' }, /secret/],
])('rejects %j with a fix', (settings, message) => {
  expect(faults(settings)[0]).toMatch(message)
})

test('reads an account from environment variables alone', () => {
  expect(trueconf.fromEnvironment({})).toBeNull()
  const environment = { TRUECONF_URL: serverUrl, TRUECONF_CLIENT_ID: 'id', TRUECONF_CLIENT_SECRET: 'secret' }
  expect(trueconf.fromEnvironment(environment)).toEqual({ serverUrl, ...credentials })
  expect(trueconf.fromEnvironment({ TRUECONF_SECRET_KEY: 'key' })).toEqual({ secretKey: 'key' })
})
