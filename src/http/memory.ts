import { getHeapStatistics } from 'node:v8'

/** Share of the heap's limit, its nursery included, that may be in use: well before Node finds too little and ends. */
const fullest = 0.85

/** No room is left for more work. */
export function heapIsFull(): boolean {
  const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics()
  return used > fullest * limit
}
