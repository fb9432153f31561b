/** The entry of a checkout. A package starts with `bin/parley.js`. */
import '../bin/parley.js'
