import type { AnyVendor } from './definition.ts'
import { imeetcentral } from './imeetcentral/index.ts'
import { trueconf } from './trueconf/index.ts'
import { zoom } from './zoom/index.ts'

/** All supported vendors, in the order in which they are listed. */
export const vendors: readonly AnyVendor[] = [zoom, trueconf, imeetcentral]
