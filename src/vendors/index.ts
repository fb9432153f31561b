import type { AnyVendor } from './definition.ts'
import { imeetcentral } from './imeetcentral/index.ts'
import { trueconf } from './trueconf/index.ts'
import { zoom } from './zoom/index.ts'

/** Every vendor that Parley knows: one line each. */
export const vendors: readonly AnyVendor[] = [zoom, trueconf, imeetcentral]
