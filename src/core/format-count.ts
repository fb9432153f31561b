/** Formats a number for a message, with a comma before every three digits, such as `1,440`. */
export const formatCount = (value: number): string => value.toLocaleString('en-US')
