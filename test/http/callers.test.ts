import { describe, expect, onTestFinished, test } from 'vitest'
import { Callers } from '../../src/auth/callers.ts'
import type { Configuration } from '../../src/config/configuration.ts'
import { startIssuer } from '../acceptance/issuer.ts'

describe('Callers', () => {
  test('have keys again after the URL of a failed key server was replaced', async () => {
    const issuer = await startIssuer()
    onTestFinished(() => issuer.close())
    const failures: unknown[] = []
    const callers = new Callers({ onKeySetChange: (name, failure) => failures.push([name, failure !== null]) })
    const jwt = { ...issuer.settings, maxKeyAgeSeconds: 86_400, findProxy: () => null }
    const configure = (jwksUrl: string): Configuration =>
      ({ clients: [], jwt: [{ ...jwt, jwksUrl }] }) as unknown as Configuration
    const authorization = `Bearer ${await issuer.sign()}`
    callers.apply(configure('http://127.0.0.1:4/keys'))
    expect(callers.hasKeys).toBe(true)
    await expect(callers.authenticate(authorization)).rejects.toMatchObject({ code: 'AUTHENTICATION_UNAVAILABLE' })
    expect([callers.hasKeys, failures]).toEqual([false, [['us', true]]])
    callers.apply(configure(issuer.settings.jwksUrl))
    expect(await callers.authenticate(authorization)).toMatchObject({ name: 'jwt:anna' })
    expect(callers.hasKeys).toBe(true)
  })

  test('keeps the keys of an issuer whose settings are unchanged, also while its key server is unavailable', async () => {
    const issuer = await startIssuer()
    onTestFinished(() => issuer.close())
    const configure = (settings: object): Configuration =>
      ({
        clients: [],
        jwt: [{ ...issuer.settings, maxKeyAgeSeconds: 86_400, findProxy: () => null, ...settings }],
      }) as unknown as Configuration
    const callers = new Callers({ onKeySetChange: () => {} })
    const authorization = `Bearer ${await issuer.sign()}`
    callers.apply(configure({}))
    expect(await callers.authenticate(authorization)).toMatchObject({ name: 'jwt:anna' })
    await issuer.close()
    callers.apply(configure({ audience: ['parley', 'other'] }))
    expect(await callers.authenticate(authorization)).toMatchObject({ name: 'jwt:anna' })
    callers.apply(configure({ audience: ['other'] }))
    await expect(callers.authenticate(authorization)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    callers.apply(configure({ maxKeyAgeSeconds: 60 }))
    await expect(callers.authenticate(authorization)).rejects.toMatchObject({ code: 'AUTHENTICATION_UNAVAILABLE' })
  })
})
