import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { LogLine } from '../support/process-output.ts'
import { startProcess } from '../support/server.ts'

const reportModules = fileURLToPath(new URL('report-modules.js', import.meta.url))

/** A configuration with which the start makes no vendor call. */
const configuration = {
  accounts: { berlin: { vendor: 'trueconf', serverUrl: 'http://127.0.0.1:1', clientId: 'id', clientSecret: 'secret' } },
}

interface Modules {
  /** For a file of the build, the paths of the modules in it. */
  urls: string[]
  internal: string[]
  /** Size of the young generation of V8. */
  youngBytes: number
}

/** Returns the modules in a file of the build, each of which begins with a comment. Returns other URLs unchanged. */
function listParts(url: string): string[] {
  if (!url.includes('/dist/cli/')) return [url]
  return [...readFileSync(fileURLToPath(url), 'utf8').matchAll(/^\/\/ ((?:src|node_modules)\/.*)$/gm)].map(
    ([, path]) => path!,
  )
}

/** Starts the server, and returns the modules that it has loaded when it is ready. */
async function listModules(): Promise<Modules> {
  const server = await startProcess(configuration, { node: ['--import', reportModules] })
  try {
    server.kill('SIGUSR2')
    return await vi.waitFor(() => {
      const line = server.lines().find(({ msg }) => msg === 'modules loaded')
      if (!line) throw new Error('The server has not listed its modules.')
      const { urls, ...rest } = line as LogLine & Modules
      return { ...rest, urls: urls.flatMap(listParts) }
    })
  } finally {
    await server.dispose()
  }
}

describe('serve', () => {
  let modules: Modules
  beforeAll(async () => {
    // The first start fills the compile cache for the second start.
    await listModules()
    modules = await listModules()
  })

  test.each([
    ['code of a sandbox', /src\/sandboxes\/|\/hono\/|@hono\//],
    ['code of the client', /src\/client\/(?!errors\.ts)|\/graphql-request\//],
    ['code for several processes', /src\/redis\/|@redis\//],
    ['code for traces', /src\/telemetry\/tracing\.ts|opentelemetry\//],
    ['the schema of the subgraph', /src\/federation\/(?!(names|entity-keys|representation)\.ts)|@graphql-tools\//],
    ['GraphiQL', /render-graphiql/],
    ['the parser of uploads', /busboy/],
    [
      'the parts of prom-client that are not used',
      /\/prom-client\/(index\.js|lib\/(cluster|pushgateway|summary)\.js)|tdigest/,
    ],
    [
      'the parts of undici that are not used',
      /\/undici\/(index\.js|lib\/(web\/(fetch\/index|websocket)|mock|handler|interceptor))/,
    ],
    ['the parts of jose that are not used', /\/jose\/dist\/webapi\/(index\.js|jwe\/)/],
  ])('does not load %s before it is needed', (_name, url) => {
    expect(modules.urls.filter((each) => url.test(each))).toEqual([])
  })

  test.each(['undici', 'amaro'])('does not load the %s of Node', (name) => {
    expect(modules.internal.filter((each) => each.includes(`/deps/${name}/`))).toEqual([])
  })

  test('keeps the young generation small', () => {
    expect(modules.youngBytes).toBeLessThanOrEqual(4 * 1024 * 1024)
  })

  test('loads at most 500 modules of packages', () => {
    const files = modules.urls.filter((url) => url.includes('node_modules/'))
    expect(files.length).toBeLessThanOrEqual(500)
    expect(files.length).toBeGreaterThan(100)
  })
})
