import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, preview } from 'vite'

export type Library = 'relay' | 'apollo' | 'urql'

/** A server of the example pages. */
export interface Site {
  /** Origin, without a slash at the end. */
  origin: string
  /**
   * Bundles the page of one library, with all warnings of its development mode.
   *
   * @param options.api URL of the API. Default: that of the page's own origin.
   * @param options.sendsIds Whether the page sends the IDs of its documents. Default: their texts.
   */
  build(library: Library, options?: { api?: string; sendsIds?: boolean }): Promise<void>
  close(): Promise<void>
}

const root = fileURLToPath(new URL('../../examples/frontends', import.meta.url))
const common = { root, configFile: join(root, 'vite.config.ts'), logLevel: 'warn' } as const

/** @param api URL to which requests to `/graphql` of the site are forwarded. */
export async function startSite(api?: string): Promise<Site> {
  const outDir = await mkdtemp(join(tmpdir(), 'parley-frontend-'))
  const proxy = api === undefined ? {} : { '/graphql': new URL(api).origin }
  const server = await preview({ ...common, build: { outDir }, preview: { host: '127.0.0.1', port: 0, proxy } })
  return {
    origin: server.resolvedUrls!.local[0]!.replace(/\/$/, ''),
    build: async (library, { api: address, sendsIds = false } = {}) => {
      const define = {
        ...(address === undefined ? {} : { 'import.meta.env.VITE_PARLEY_URL': JSON.stringify(address) }),
        'import.meta.env.VITE_TRUSTED_DOCUMENTS': JSON.stringify(String(sendsIds)),
      }
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
