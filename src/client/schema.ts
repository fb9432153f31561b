// Imports no module of Node, so that browsers can use it.
export { possibleTypes } from './possible-types.ts'
export { scalars } from './scalars.ts'
