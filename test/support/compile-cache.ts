import { enableCompileCache } from 'node:module'

// The threads of operation stores start in two thirds of the time, because they do not load the compiler of types.
enableCompileCache()
