import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { runs } from '../../support/property.ts'

/** Replaces a value to truncate the response at its position. */
const cut = Symbol('cut')

/** One change to a JSON response, which is named by its request path or its number. */
export interface Change {
  response: string | number
  path: readonly (string | number)[]
  /** `undefined` removes the key. */
  value: unknown
}

const replacements: readonly unknown[] = [undefined, null, 'x', -7, true, [], {}, [null], cut]

/** Lists every replacement of every value of a response. Only the first item of an array is changed. */
export function listChanges(response: string | number, body: unknown, path: Change['path'] = []): Change[] {
  const ownChanges = replacements.map((value) => ({ response, path, value }))
  const memberChanges = Array.isArray(body)
    ? body.slice(0, 1).flatMap((item) => listChanges(response, item, [...path, 0]))
    : typeof body === 'object' && body !== null
      ? Object.entries(body).flatMap(([key, value]) => listChanges(response, value, [...path, key]))
      : []
  return [...ownChanges, ...memberChanges]
}

/** Returns all changes in a full run, otherwise `quick` of them, selected by the seed. */
export function selectChanges(changes: Change[], quick: number): Change[] {
  const { seed, numRuns } = runs(quick, changes.length)
  const length = Math.min(changes.length, numRuns)
  const selection = fc.shuffledSubarray(changes, { minLength: length, maxLength: length })
  return fc.sample(selection, { seed, numRuns: 1 })[0]!
}

function replaceAt(value: unknown, [key, ...rest]: Change['path'], replacement: unknown): unknown {
  if (key === undefined) return replacement
  if (typeof value !== 'object' || value === null) return value
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>
  const member = replaceAt(copy[key], rest, replacement)
  if (member === undefined) delete copy[key]
  else copy[key] = member
  return copy
}

function formatChanged(body: unknown, { path, value }: Change): string {
  if (value !== cut) return JSON.stringify(replaceAt(body, path, value)) ?? ''
  const marked = JSON.stringify(replaceAt(body, path, '\u0000cut'))
  return marked.slice(0, marked.indexOf('"\\u0000cut"'))
}

/** Starts a proxy between an account and its vendor that changes JSON responses. Token responses are unchanged. */
export async function startAlteringProxy(origin: string) {
  let change: Change | null = null
  const bodyByPath = new Map<string, unknown>()
  let jsonBodies: unknown[] = []
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
      const number = isJson ? jsonBodies.push(json) - 1 : null
      if (isJson && received.ok) bodyByPath.set(path, json)
      const isChanged = isJson && (change?.response === path || change?.response === number)
      const sent = isChanged ? formatChanged(json, change!) : text
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
      return jsonBodies
    },
    set change(next: Change | null) {
      change = next
      jsonBodies = []
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
