import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { runs } from '../../support/property.ts'

/** What stands at the place of a changed value where the answer ends there, in the middle of its JSON. */
const cut = Symbol('cut')

/** One change to a JSON answer: which one, by its path or its number; where in it, and what stands there then. */
export interface Change {
  answer: string | number
  at: readonly (string | number)[]
  /** `undefined` takes the key out. */
  to: unknown
}

const replacements: readonly unknown[] = [undefined, null, 'x', -7, true, [], {}, [null], cut]

/** Every key of an answer with every replacement; of an array's items only the first is changed. */
export function changesOf(answer: string | number, body: unknown, at: Change['at'] = []): Change[] {
  const own = replacements.map((to) => ({ answer, at, to }))
  const below = Array.isArray(body)
    ? body.slice(0, 1).flatMap((item) => changesOf(answer, item, [...at, 0]))
    : typeof body === 'object' && body !== null
      ? Object.entries(body).flatMap(([key, value]) => changesOf(answer, value, [...at, key]))
      : []
  return [...own, ...below]
}

/** All of them where the properties are tried in full, else so many, picked by the seed. */
export function tried(changes: Change[], quick: number): Change[] {
  const { seed, numRuns } = runs(quick, changes.length)
  const length = Math.min(changes.length, numRuns)
  const some = fc.shuffledSubarray(changes, { minLength: length, maxLength: length })
  return fc.sample(some, { seed, numRuns: 1 })[0]!
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

function textOf(answer: unknown, { at, to }: Change): string {
  if (to !== cut) return JSON.stringify(changed(answer, at, to)) ?? ''
  const marked = JSON.stringify(changed(answer, at, '\u0000cut'))
  return marked.slice(0, marked.indexOf('"\\u0000cut"'))
}

/** Stands between an account and its vendor and changes JSON answers on the way; those of a token endpoint go through. */
export async function startMeddler(origin: string) {
  let change: Change | null = null
  const seen = new Map<string, unknown>()
  let numbered: unknown[] = []
  const server = createServer((request, response) => {
    void (async () => {
      const body: Buffer[] = []
      for await (const chunk of request) body.push(chunk as Buffer)
      const { host: _, connection: __, 'transfer-encoding': ___, ...headers } = request.headers
      const init = { method: request.method ?? 'GET', headers: headers as Record<string, string> }
      const answer = await fetch(origin + request.url, body.length > 0 ? { ...init, body: Buffer.concat(body) } : init)
      const text = await answer.text()
      const path = request.url?.split('?')[0] ?? ''
      const isJson = answer.headers.get('content-type')?.includes('json') === true && !path.endsWith('/token')
      const json = isJson ? (JSON.parse(text) as unknown) : null
      const number = isJson ? numbered.push(json) - 1 : null
      if (isJson && answer.ok) seen.set(path, json)
      const fits = isJson && (change?.answer === path || change?.answer === number)
      const sent = fits ? textOf(json, change!) : text
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
    /** The JSON answers since the last change was set, in order, as the vendor made them. */
    get answers(): readonly unknown[] {
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
