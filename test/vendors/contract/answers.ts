import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One change to the JSON answers of a path: where, and what stands there then; `undefined` takes the key out. */
export interface Change {
  path: string
  at: readonly (string | number)[]
  to: unknown
}

const replacements: readonly unknown[] = [undefined, null, 'x', -7, true, [], {}, [null]]

/** Every key of an answer with every replacement; of an array's items only the first is changed. */
export function changesOf(path: string, answer: unknown, at: Change['at'] = []): Change[] {
  const own = replacements.map((to) => ({ path, at, to }))
  const below = Array.isArray(answer)
    ? answer.slice(0, 1).flatMap((item) => changesOf(path, item, [...at, 0]))
    : typeof answer === 'object' && answer !== null
      ? Object.entries(answer).flatMap(([key, value]) => changesOf(path, value, [...at, key]))
      : []
  return [...own, ...below]
}

function changed(answer: unknown, [key, ...rest]: Change['at'], to: unknown): unknown {
  if (key === undefined) return to
  if (typeof answer !== 'object' || answer === null) return answer
  const copy = structuredClone(answer) as Record<string, unknown>
  const value = changed(copy[key], rest, to)
  if (value === undefined) delete copy[key]
  else copy[key] = value
  return copy
}

/** Stands between an account and its vendor and changes JSON answers on the way; token answers go through. */
export async function startMeddler(origin: string) {
  let change: Change | null = null
  const seen = new Map<string, unknown>()
  const server = createServer((request, response) => {
    void (async () => {
      const body: Buffer[] = []
      for await (const chunk of request) body.push(chunk as Buffer)
      const { host: _, connection: __, ...headers } = request.headers
      const init = { method: request.method ?? 'GET', headers: headers as Record<string, string> }
      const answer = await fetch(origin + request.url, body.length > 0 ? { ...init, body: Buffer.concat(body) } : init)
      const text = await answer.text()
      const path = request.url?.split('?')[0] ?? ''
      const isJson = answer.headers.get('content-type')?.includes('json') === true && !path.endsWith('/token')
      if (isJson && answer.ok) seen.set(path, JSON.parse(text))
      const fits = isJson && change?.path === path
      const sent = fits ? (JSON.stringify(changed(JSON.parse(text), change!.at, change!.to)) ?? '') : text
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' })
      response.end(sent.replaceAll(origin, url))
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    /** The last right answers, by path. */
    seen,
    set change(next: Change | null) {
      change = next
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
