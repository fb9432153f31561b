import { afterAll, expect, test } from 'vitest'
import { sendRequest, startServer } from './harness.ts'

const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }
const server = await startServer({
  playground: {
    title: 'Parley <sandbox>',
    isClosed: () => false,
    getExamples: ({ name }) => [{ query: '{ hello } # </script>', variables: JSON.stringify({ name }) }],
  },
})
afterAll(() => server.http.drain())
const page = await sendRequest(`${server.url}/graphql`, { headers: browser })
const links = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link ?? '')

test('serves the page to a browser, with a policy that allows no external resource', () => {
  expect(page.status).toBe(200)
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
  const policy = page.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self'")
  expect(policy).not.toMatch(/https?:|\*|unsafe-eval/)
  expect(links.every((link) => link === 'data:,' || link.startsWith('/graphql/assets/'))).toBe(true)
})

test('escapes the title and the examples', () => {
  expect(page.text).toContain('Parley &lt;sandbox>')
  expect(page.text.match(/<\/script>/g)).toHaveLength(2)
  const [, settings = ''] = /<script id="settings" type="application\/json">(.*)<\/script>/.exec(page.text) ?? []
  expect(JSON.parse(settings)).toMatchObject({
    defaultTabs: [{ query: '{ hello } # </script>' }],
    shouldPersistHeaders: false,
  })
})

test('serves its files compressed and with an unlimited cache time', async () => {
  for (const link of links.filter((link) => link.startsWith('/'))) {
    for (const coding of ['br', 'gzip', 'identity']) {
      const response = await fetch(server.url + link, { headers: { 'accept-encoding': coding } })
      expect(response.status).toBe(200)
      expect(response.headers.get('content-encoding')).toBe(coding === 'identity' ? null : coding)
      expect(response.headers.get('cache-control')).toContain('immutable')
      expect((await response.text()).length).toBeGreaterThan(1_000)
    }
  }
})

test.each(['x/graphiql.js', '000000000000/graphiql.js', '000000000000/x.js', '000000000000/x/graphiql.js', ''])(
  'responds with 404 to the file %j, which does not exist',
  async (path) => {
    expect(await sendRequest(`${server.url}/graphql/assets/${path}`)).toMatchObject({ status: 404 })
  },
)

test('serves no page to a client that accepts JSON, or if GraphiQL is disabled', async () => {
  expect((await sendRequest(`${server.url}/graphql?query={hello}`)).json.data).toEqual({ hello: 'hello fixture' })
  const bare = await startServer({ playground: null })
  expect((await sendRequest(`${bare.url}/graphql`, { headers: browser })).status).toBe(400)
  expect((await sendRequest(bare.url + links.at(-1))).status).toBe(404)
  expect((await sendRequest(`${bare.url}/graphql/examples`)).status).toBe(404)
  await bare.http.drain()
})
