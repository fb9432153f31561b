import { test } from 'vitest'
import { assertReported, storeFaults, type StoreFault } from './store-fault.ts'

test.each(Object.keys(storeFaults) as StoreFault[])('reports a store file that %s', assertReported)
