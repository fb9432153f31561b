/** Formats an integer for a message, with a comma before every three digits, such as `1,440`. */
export const formatCount = (value: number): string => String(value).replaceAll(/\B(?=(?:\d{3})+$)/g, ',')
