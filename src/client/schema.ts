// Without imports of Node, so that pages in browsers can use it, too.
export { possibleTypes } from './possible-types.ts'
export { scalars } from './scalars.ts'
