import { rmSync } from 'node:fs'
import { startInProcess } from '../support/server-in-process.ts'
import { createDataFolder } from './open.ts'

/** Starts a server with these accounts. Default of `data`: a new folder. */
export async function serve(
  accounts: Record<string, Record<string, unknown>>,
  limits: object = {},
  data: string = createDataFolder(),
  port = '0',
) {
  const lines: string[] = []
  const server = await startInProcess({ accounts, limits, data, port, lines, drainAnnounce: 0 })
  return {
    url: `${server.url}/graphql`,
    log: () => lines.join(''),
    /** Stops the server without deleting the data folder. */
    stopOnly: () => server.stop(),
    stop: async () => {
      await server.stop()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

const headers = { accept: 'application/graphql-response+json', 'x-parley-csrf': '1' }

/** Sends a GraphQL multipart request. @param files Files, by the name of the variable that contains their input. */
export async function upload(
  url: string,
  query: string,
  variables: object,
  files: Record<string, { bytes: Uint8Array; name: string; type?: string }>,
): Promise<any> {
  const paths = Object.fromEntries(Object.keys(files).map((name) => [name, [`variables.${name}.file`]]))
  const body = new FormData()
  body.append('operations', JSON.stringify({ query, variables }))
  body.append('map', JSON.stringify(paths))
  for (const [name, file] of Object.entries(files))
    body.append(name, new Blob([file.bytes as Uint8Array<ArrayBuffer>], { type: file.type ?? 'text/plain' }), file.name)
  const response = await fetch(url, { method: 'POST', headers, body })
  return response.json()
}
