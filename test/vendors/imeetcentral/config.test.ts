import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { imeetcentral } from '../../../src/vendors/imeetcentral/index.ts'
import { open } from './open.ts'

const folder = mkdtempSync(join(tmpdir(), 'parley-keys-'))
afterAll(() => rmSync(folder, { recursive: true }))

const pem = (type: 'rsa' | 'ec', modulusLength = 2048) => {
  const options = { modulusLength, namedCurve: 'P-256' }
  return generateKeyPairSync(type as 'rsa', options).privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
}
const good = { clientId: 'c', privateKey: pem('rsa') }

function faults(settings: object): string[] {
  const result = imeetcentral.config.safeParse(settings)
  return result.success ? [] : result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`)
}

test.each(['pkcs8', 'pkcs1', 'mislabelled', 'bare', 'one line'] as const)(
  'obtains a token with a key in the form: %s',
  async (form) => {
    const { sandbox } = await open()
    const key = form === 'one line' ? sandbox.keyForms.pkcs8.replaceAll('\n', String.raw`\n`) : sandbox.keyForms[form]
    const { vendor, call } = await open({ clientId: 'c', privateKey: sandbox.privateKey }, { privateKey: key })
    expect((await vendor.findUserByEmail('nobody@example.com', call())) ?? null).toBeNull()
  },
)

test('reads a key file that begins with a byte order mark', async () => {
  const { sandbox } = await open()
  const file = join(folder, 'marked.json')
  writeFileSync(file, `\ufeff${JSON.stringify(sandbox.keyJson)}`)
  const settings = imeetcentral.fromEnvironment({ IMEETCENTRAL_KEY_FILE: file })
  expect(imeetcentral.config.parse(settings)).toMatchObject({ clientId: sandbox.clientId })
})

test('reads a key file', async () => {
  const { sandbox } = await open()
  const file = join(folder, 'client.json')
  writeFileSync(file, JSON.stringify({ ...sandbox.keyJson, more: 1 }))
  const settings = imeetcentral.fromEnvironment({ IMEETCENTRAL_KEY_FILE: file })
  expect(imeetcentral.config.parse(settings)).toMatchObject({
    clientId: sandbox.clientId,
    tokenUrl: 'https://oidc.imeetcentral.com/oauth2/token',
    audience: 'oidc.imeetcentral.com',
    apiUrl: 'https://edge.imeetcentral.com/v1',
  })
  expect(imeetcentral.fromEnvironment({})).toBeNull()
})

describe('invalid settings', () => {
  test.each([
    [{}, /^privateKey .*Set keyFile .* or clientId and privateKey/],
    [{ ...good, keyFile: 'x' }, /^keyFile .*cannot be combined/],
    [{ keyFile: join(folder, 'none.json') }, /^keyFile cannot be read \(ENOENT\)\. Set/],
    [{ ...good, privateKey: 'abc' }, /^privateKey must be an RSA private key\. Copy/],
    [{ ...good, privateKey: pem('ec') }, /^privateKey must be an RSA private key/],
    [
      { ...good, privateKey: pem('rsa', 1024) },
      /^privateKey has 1024 bits, .* requires 2048.* Regenerate the client key/,
    ],
    [{ ...good, clientId: 'a b' }, /^clientId must not be empty and must not contain whitespace/],
    [{ ...good, clientId: '' }, /^clientId must not be empty/],
    [{ ...good, apiUrl: '/v1' }, /^apiUrl must be an absolute URL/],
    [{ ...good, apiUrl: 'https://u:p@x.example/v1' }, /^apiUrl must not contain a user name/],
    [{ ...good, tokenUrl: 'https://x.example/token?' }, /^tokenUrl must not contain a query/],
    [{ ...good, tokenUrl: 'http://x.example/token' }, /^tokenUrl must use https/],
    [{ ...good, apiURL: 'https://x.example' }, /apiURL/],
  ])('rejects invalid settings with a fix (row %#)', (settings, message) => {
    expect(faults(settings).join('\n')).toMatch(message)
  })

  test.each(['not json', '{"client_id":"c"}'])('rejects a key file that contains %s', (content) => {
    const keyFile = join(folder, 'broken.json')
    writeFileSync(keyFile, content)
    expect(faults({ keyFile })).toEqual([expect.stringMatching(/^keyFile must contain JSON with client_id/)])
  })
})
