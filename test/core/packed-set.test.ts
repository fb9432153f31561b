import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PackedSet, type PackedItem } from '../../src/core/packed-set.ts'
import { runs } from '../support/property.ts'

test('has the objects of a Set after any additions and removals', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(9), { maxLength: 60 }), (indexes) => {
      const items = Array.from({ length: 10 }, (): PackedItem => ({ packedIndex: 0 }))
      const expected = new Set<PackedItem>()
      const packed = new PackedSet()
      for (const index of indexes) {
        const item = items[index]!
        if (expected.delete(item)) packed.delete(item)
        else {
          expected.add(item)
          packed.add(item)
        }
        const listed = new Set(packed.list())
        expect([packed.size, listed.size, packed.list().length]).toEqual(Array(3).fill(expected.size))
        expect([...expected].every((object) => listed.has(object))).toBe(true)
      }
    }),
    runs(200, 20_000),
  )
})
