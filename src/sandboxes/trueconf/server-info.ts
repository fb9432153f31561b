import { z } from 'zod'
import { createNotFoundError } from './errors.ts'
import { readFields, text } from './input.ts'
import type { ApiClient, Routes, Server } from './model.ts'
import { createHexToken } from './oauth.ts'
import { allScopes, secretKeyOnly } from './scopes.ts'
import { getOrigin } from '../origin.ts'

const newClient = z.object({ client_name: text, redirect_uri: text.default(''), scope: text.default('') })

/** Serves the list of programs that can join a conference. Requires no token. */
export function serveSoftware(app: Routes): void {
  app.get('/software/clients', (c) => {
    const { call_id = '', user } = c.req.query()
    const origin = getOrigin(c)
    const guest = user ? `?user=${encodeURIComponent(user)}` : ''
    const web_url = `${origin}/webrtc/${encodeURIComponent(call_id)}${guest}`
    const desktop = `trueconf:${encodeURIComponent(call_id)}&h=${new URL(origin).host}`
    const iframe = `<iframe src="${web_url}" allow="camera;microphone;display-capture"></iframe>`
    const clients = [
      { type: 'web', platform: 'webrtc', web_url, iframe },
      ...['windows', 'linux', 'mac'].map((platform) => ({ type: 'desktop', platform, app_url: desktop })),
      ...['android', 'ios'].map((platform) => ({ type: 'mobile', platform, app_url: desktop })),
    ]
    return c.json({ clients })
  })
}

/** Serves the applications that can obtain tokens. */
export function serveApiClients(app: Routes, server: Server): void {
  const { clients } = server.data
  const adminOnly = secretKeyOnly(server)
  const show = ({ id, client_name, client_secret }: ApiClient) => ({ id, client_name, client_secret })

  app.get('/api-clients', adminOnly, (c) => {
    const own = [...clients.values()].filter((client) => client.client_secret !== null)
    return c.json({ clients: own.map(show) })
  })
  app.get('/api-clients/:client_id', adminOnly, (c) => {
    const client = clients.get(c.req.param('client_id'))
    if (!client) throw createNotFoundError('client', c.req.param('client_id'))
    return c.json({ client: show(client) })
  })
  app.post('/api-clients', adminOnly, async (c) => {
    const { client_name, redirect_uri, scope } = await readFields(c, newClient)
    const scopes = scope.split(/[\s,]+/).filter((name) => allScopes.includes(name))
    const client = createConfidentialClient({ client_name, redirect_uri, scopes })
    clients.set(client.id, client)
    server.effect('createApiClient', client.id)
    return c.json({ client: show(client) })
  })
  app.delete('/api-clients/:client_id', adminOnly, (c) => {
    const id = c.req.param('client_id')
    if (!clients.delete(id)) throw createNotFoundError('client', id)
    server.effect('deleteApiClient', id)
    return c.json({ id })
  })
}

/** Creates an application with an ID and a secret, as the control panel does. */
export function createConfidentialClient(overrides: Partial<ApiClient>): ApiClient {
  return {
    id: createHexToken(),
    client_name: 'Parley',
    redirect_uri: '',
    client_secret: createHexToken(),
    grants: ['client_credentials', 'authorization_code'],
    scopes: allScopes,
    ...overrides,
  }
}

/** Serves the call of API version 4 that reports the product. Requires no token. */
export function serveProduct(app: Routes, server: Server): void {
  app.get('/api/v4/server', (c) => {
    const url = getOrigin(c)
    return c.json({
      product: {
        display_name: 'TrueConf Server',
        id: server.settings.serverName,
        name: 'TrueConf Server',
        version: '5.5.2.10000',
        platform: 'linux',
      },
      links: { documentation: `${url}/docs`, site_url: url },
      web_config: { url },
    })
  })
}
