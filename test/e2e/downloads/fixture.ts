import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { DownloadLinks, type DownloadLink } from '../../../src/auth/download-links.ts'
import { createFixedSecrets } from '../../../src/core/secrets.ts'
import { createDataFolder } from '../../operations/open.ts'
import { startInProcess } from '../../support/server-in-process.ts'
import { startFileHost, type FileHost, type Serve } from './file-host.ts'

export const cursorSecret = 'a-secret-that-signs-the-links-of-tests'
export const fileName = 'Weekly 2026-11-30 0905.mkv'
const links = new DownloadLinks(createFixedSecrets(cursorSecret))

/** API client of the tests. Its key is its name. */
export const createApiClient = (name: string, settings: object = {}) => ({
  name,
  apiKeySha256: createHash('sha256').update(name).digest('hex'),
  scopes: ['read', 'recordings'],
  ...settings,
})

export const link: DownloadLink = {
  account: 'berlin',
  parentId: '42',
  vendorId: 'record.mkv',
  caller: 'ada',
  contentType: 'video/x-matroska',
  expiresAt: Date.now() + 3_600_000,
}

/** Returns the path of a link. */
export const createPath = (changes: Partial<DownloadLink> = {}, name = fileName): string =>
  `/recordings/${links.create({ ...link, ...changes }, name)}/${encodeURIComponent(name)}`

export interface DownloadFixture {
  host: FileHost
  url: string
  /** Lines of the log. */
  lines: string[]
  reload: Awaited<ReturnType<typeof startInProcess>>['reload']
  /** Starts the graceful stop of the server. */
  drain(): Promise<void>
  close(): Promise<void>
}

/** Starts a server in the process of the test, and a file host that is its account `berlin`. */
export async function startDownloadFixture(
  serve: Serve,
  { limits = {}, accounts = {}, ...settings }: { limits?: object; accounts?: object; [setting: string]: unknown } = {},
): Promise<DownloadFixture> {
  const host = await startFileHost(serve)
  const data = createDataFolder()
  const lines: string[] = []
  const server = await startInProcess({
    accounts: { berlin: host.account, ...accounts },
    clients: [createApiClient('ada')],
    cursorSecret,
    limits,
    data,
    lines,
    ...settings,
  })
  let stopping: Promise<void> | null = null
  const drain = (): Promise<void> => (stopping ??= server.stop())
  return {
    host,
    url: server.url,
    lines,
    reload: server.reload,
    drain,
    close: async () => {
      host.close()
      await drain()
      rmSync(data, { recursive: true, force: true })
    },
  }
}
