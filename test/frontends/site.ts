import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, preview } from 'vite'

export type Library = 'relay' | 'apollo' | 'urql'

/** The example pages, served by themselves. */
export interface Site {
  /** No slash at its end. */
  origin: string
  /** Bundles one library's page, with all the warnings of development in it. `api`: the address that it calls; by default its own origin's. */
  build(library: Library, api?: string): Promise<void>
  close(): Promise<void>
}

const root = fileURLToPath(new URL('../../examples/frontends', import.meta.url))
const common = { root, configFile: join(root, 'vite.config.ts'), logLevel: 'warn' } as const

/** `api`: where `/graphql` of the site is handed on to. */
export async function startSite(api?: string): Promise<Site> {
  const outDir = await mkdtemp(join(tmpdir(), 'parley-frontend-'))
  const proxy = api === undefined ? {} : { '/graphql': new URL(api).origin }
  const server = await preview({ ...common, build: { outDir }, preview: { host: '127.0.0.1', port: 0, proxy } })
  return {
    origin: server.resolvedUrls!.local[0]!.replace(/\/$/, ''),
    build: async (library, address) => {
      const define = address === undefined ? {} : { 'import.meta.env.VITE_PARLEY_URL': JSON.stringify(address) }
      const input = join(root, library, 'index.html')
      await build({
        ...common,
        define,
        build: { outDir, emptyOutDir: true, minify: false, rolldownOptions: { input } },
      })
    },
    close: async () => {
      await server.close()
      await rm(outDir, { recursive: true, force: true })
    },
  }
}
