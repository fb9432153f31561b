import { afterAll, describe, expect, test } from 'vitest'
import { sendRequest, startServer } from './harness.ts'

const server = await startServer({ basePath: '/meetings' })
const plain = await startServer()
afterAll(() => Promise.all([server, plain].map(({ http }) => http.drain())))

const html = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }
const getLinks = (page: string) => [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, link]) => link!)
const postTo = (url: string) =>
  sendRequest(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ hello }"}' })

interface Links {
  endpoint: string
  examples: string
  workers: Record<string, string>
}

describe('basePath', () => {
  test.each(['/meetings/graphql', '/meetings/graphql/', '/graphql', '/graphql/'])(
    'serves the API at %s',
    async (path) => {
      expect(await postTo(server.url + path)).toMatchObject({ status: 200, json: { data: { hello: 'hello fixture' } } })
      expect(await sendRequest(`${server.url}${path}?query={hello}`)).toMatchObject({ status: 200 })
      expect((await fetch(server.url + path, { method: 'OPTIONS' })).status).toBe(204)
    },
  )

  test.each(['/meetings/graphql', '/meetings/graphql/', '/graphql'])('serves GraphiQL at %s', async (path) => {
    const { status, text } = await sendRequest(server.url + path, { headers: html })
    expect(status).toBe(200)
    const [, settings = ''] = /<script id="settings" type="application\/json">(.*)<\/script>/.exec(text) ?? []
    const { endpoint, examples, workers } = JSON.parse(settings) as Links
    expect({ endpoint, examples }).toEqual({ endpoint: '/meetings/graphql', examples: '/meetings/graphql/examples' })
    const files = [...getLinks(text), ...Object.values(workers)]
    expect(files).toHaveLength(5)
    for (const file of files) {
      expect(file).toMatch(/^\/meetings\/graphql\/assets\//)
      expect((await fetch(server.url + file)).status).toBe(200)
      expect((await fetch(server.url + file.replace('/meetings', ''))).status).toBe(200)
    }
    expect((await fetch(server.url + examples)).status).toBe(200)
  })

  test('serves health with and without the prefix, and metrics without it', async () => {
    for (const path of ['/healthz', '/readyz', '/meetings/healthz', '/meetings/readyz', '/metrics'])
      expect((await fetch(server.url + path)).status, path).toBe(200)
    expect((await fetch(`${server.url}/meetings/metrics`)).status).toBe(404)
  })

  test.each([
    '/meetingsgraphql',
    '/meetings/meetings/graphql',
    '/other/graphql',
    '/meetings/graphqlx',
    '/meetings//graphql',
  ])('responds to %s with 404 and the path of the API', async (path) => {
    expect(await sendRequest(server.url + path)).toMatchObject({
      status: 404,
      text: expect.stringContaining('/meetings/graphql'),
    })
  })

  test('redirects a browser from the root to GraphiQL, and returns the path of the API to other clients', async () => {
    for (const path of ['/', '/meetings', '/meetings/']) {
      const page = await fetch(server.url + path, { headers: html, redirect: 'manual' })
      expect([page.status, page.headers.get('location')]).toEqual([302, '/meetings/graphql'])
      expect(await sendRequest(server.url + path)).toMatchObject({
        status: 200,
        text: expect.stringMatching(/^This is Parley.*\/meetings\/graphql/),
      })
    }
  })
})

describe('a server without basePath', () => {
  test('serves the API at /graphql and /graphql/, and redirects a browser from the root to GraphiQL', async () => {
    for (const path of ['/graphql', '/graphql/']) expect(await postTo(plain.url + path)).toMatchObject({ status: 200 })
    const page = await fetch(`${plain.url}/`, { headers: html, redirect: 'manual' })
    expect([page.status, page.headers.get('location')]).toEqual([302, '/graphql'])
    expect((await sendRequest(`${plain.url}/meetings/graphql`)).status).toBe(404)
  })
})
