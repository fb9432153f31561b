import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { runs } from '../../support/property.ts'

/** Replaces a value to truncate the response at its position. */
const cut = Symbol('cut')

/** One change to a JSON response, which is named by its request path or its number. */
export interface Change {
  response: string | number
  at: readonly (string | number)[]
  /** `undefined` removes the key. */
  to: unknown
}

const replacements: readonly unknown[] = [undefined, null, 'x', -7, true, [], {}, [null], cut]

/** Lists every replacement of every value of a response. Only the first item of an array is changed. */
export function changesOf(response: string | number, body: unknown, at: Change['at'] = []): Change[] {
  const own = replacements.map((to) => ({ response, at, to }))
  const below = Array.isArray(body)
    ? body.slice(0, 1).flatMap((item) => changesOf(response, item, [...at, 0]))
    : typeof body === 'object' && body !== null
      ? Object.entries(body).flatMap(([key, value]) => changesOf(response, value, [...at, key]))
      : []
  return [...own, ...below]
}

/** Returns all changes in a full run, otherwise `quick` of them, selected by the seed. */
export function tried(changes: Change[], quick: number): Change[] {
  const { seed, numRuns } = runs(quick, changes.length)
  const length = Math.min(changes.length, numRuns)
  const some = fc.shuffledSubarray(changes, { minLength: length, maxLength: length })
  return fc.sample(some, { seed, numRuns: 1 })[0]!
}

function changed(value: unknown, [key, ...rest]: Change['at'], to: unknown): unknown {
  if (key === undefined) return to
  if (typeof value !== 'object' || value === null) return value
  const copy = structuredClone(value) as Record<string, unknown>
  const member = changed(copy[key], rest, to)
  if (member === undefined) delete copy[key]
  else copy[key] = member
  return copy
}

function textOf(body: unknown, { at, to }: Change): string {
  if (to !== cut) return JSON.stringify(changed(body, at, to)) ?? ''
  const marked = JSON.stringify(changed(body, at, '\u0000cut'))
  return marked.slice(0, marked.indexOf('"\\u0000cut"'))
}

/** Starts a proxy between an account and its vendor that changes JSON responses. Token responses are unchanged. */
export async function startMeddler(origin: string) {
  let change: Change | null = null
  const bodyByPath = new Map<string, unknown>()
  let numbered: unknown[] = []
  const server = createServer((request, response) => {
    void (async () => {
      const body: Buffer[] = []
      for await (const chunk of request) body.push(chunk as Buffer)
      const { host: _, connection: __, 'transfer-encoding': ___, ...headers } = request.headers
      const init = { method: request.method ?? 'GET', headers: headers as Record<string, string> }
      const received = await fetch(
        origin + request.url,
        body.length > 0 ? { ...init, body: Buffer.concat(body) } : init,
      )
      const text = await received.text()
      const path = request.url?.split('?')[0] ?? ''
      const isJson = received.headers.get('content-type')?.includes('json') === true && !path.endsWith('/token')
      const json = isJson ? (JSON.parse(text) as unknown) : null
      const number = isJson ? numbered.push(json) - 1 : null
      if (isJson && received.ok) bodyByPath.set(path, json)
      const fits = isJson && (change?.response === path || change?.response === number)
      const sent = fits ? textOf(json, change!) : text
      response.writeHead(received.status, { 'content-type': received.headers.get('content-type') ?? 'text/plain' })
      response.end(sent.replaceAll(origin, url))
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    /** The last successful JSON responses, by path. */
    bodyByPath,
    /** The unchanged JSON responses since the last change was set, in order. */
    get responses(): readonly unknown[] {
      return numbered
    },
    set change(next: Change | null) {
      change = next
      numbered = []
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
