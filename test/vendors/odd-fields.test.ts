import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { vendors } from '../../src/vendors/index.ts'
import type { VendorList, VendorPage } from '../../src/vendors/vendor-lists.ts'
import { newCall } from '../support/account.ts'
import { startAlteringProxy } from './contract/altered-responses.ts'
import { open, openOver, pageOf, type Opened } from './contract/open.ts'
import { oddValues } from './contract/odd-values.ts'
import { Conference, Participant, User } from './contract/shapes.ts'

type Place = readonly (string | number)[]
const shapes = { User, Conference, Participant }
type Listings = Record<'User' | 'Conference' | 'Participant', VendorList<{ vendorId: string }> | undefined>

/** Lists every field of an item, at any depth. Only the first item of a list is read. */
function listPlaces(value: unknown, at: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return []
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? value.slice(0, 1).map((item) => [0, item])
    : Object.entries(value)
  return entries.flatMap(([key, inner]) => [[...at, key], ...listPlaces(inner, [...at, key])])
}

function replaceAt(value: unknown, [key, ...rest]: Place, to: unknown): unknown {
  if (key === undefined) return to
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string | number, unknown>
  const changed = replaceAt(copy[key], rest, to)
  if (changed === undefined) delete copy[key]
  else copy[key] = changed
  return copy
}

/** Returns the list itself, or some child lists of each kind. */
async function openLists(listing: VendorList<{ vendorId: string }>) {
  if (!('parent' in listing)) return [listing]
  const outer: readonly unknown[] = Array.isArray(listing.parent)
    ? listing.parent
    : (
        await (listing.parent as Exclude<typeof listing.parent, readonly string[]>).loadPage(
          { size: 40, link: null },
          newCall(),
        )
      ).items
  return outer.map((item) => listing.getChildList(item))
}

describe.each(vendors)('$label', (definition) => {
  let opened: Opened
  beforeAll(async () => {
    opened = await open(definition)
  })
  afterAll(() => opened?.close())

  test('reads an object with any values in its optional fields', async () => {
    const { account } = opened
    const { vendor } = account
    const busy = vendor.participants && (await pageOf(account, vendor.conferences!({}), { first: 60 }))
    const listings: Listings[] = [
      { User: vendor.users?.({}), Conference: vendor.conferences?.({}), Participant: undefined },
      ...(busy?.edges ?? []).map(({ node }) => ({
        User: undefined,
        Conference: undefined,
        Participant: vendor.participants!(node.vendorId),
      })),
    ]
    /** Field names of the items that were tested. Items with the same fields are tested once. */
    const testedFields = new Set<string>()
    const failures: unknown[] = []
    let tried = 0
    for (const [kind, listing] of listings.flatMap(
      (it) => Object.entries(it) as [keyof Listings, Listings['User']][],
    )) {
      for (const list of listing ? await openLists(listing) : []) {
        const { items }: VendorPage = await list
          .loadPage({ size: list.maxSize, link: null }, newCall())
          .catch(() => ({ items: [], next: null }))
        for (const item of items) {
          // Fields that Parley adds to the object of the vendor are not tested.
          const places = listPlaces(item).filter(([key]) => key !== 'conference' && key !== 'domain')
          const fields = `${kind} ${JSON.stringify(places)}`
          if (testedFields.has(fields)) continue
          testedFields.add(fields)
          const id = list.getId(item)
          for (const place of places) {
            for (const value of oddValues) {
              const odd = replaceAt(item, place, value)
              if (list.getId(odd) !== id) continue
              tried++
              const found = list.parseItem(odd)
              const error = found === null ? 'left out' : shapes[kind].safeParse(found).error?.issues
              if (error) failures.push({ kind, place, value, error })
            }
          }
        }
      }
    }
    expect(failures).toEqual([])
    expect(tried).toBeGreaterThan(200)
  })

  test('reads the items of a list that is sent as a map', async () => {
    const { sandbox, account } = opened
    const proxy = await startAlteringProxy(sandbox.url)
    const between = openOver(definition, sandbox, proxy.url)
    for (const [name, path] of [
      ['users', '/users'],
      ['conferences', definition.slug === 'imeetcentral' ? '/workspaces' : '/conferences'],
    ] as const) {
      if (definition.slug === 'zoom' && name === 'conferences') continue
      const read = (of: typeof account) =>
        pageOf(of, of.vendor[name]!({}) as VendorList<{ vendorId: string }>, { first: 5 })
      const expected = (await read(account)).edges.map(({ node }) => node.vendorId)
      await read(between)
      const [requestPath, body] = [...proxy.bodyByPath].find(([candidate]) => candidate.endsWith(path))!
      const key = Object.entries(body as object).find(([, value]) => Array.isArray(value) && value.length > 0)![0]
      proxy.change = { response: requestPath, path: [key], value: { ...(body as Record<string, unknown[]>)[key] } }
      const found = await read(between)
      expect(found.edges.map(({ node }) => node.vendorId)).toEqual(expected)
      expect(found.sources.map(({ status }) => status)).not.toContain('FAILED')
      proxy.change = null
    }
    await between.upstream.close()
    proxy.close()
  })
})
