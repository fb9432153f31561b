import { testFrontend } from './suite.ts'

testFrontend('apollo')
