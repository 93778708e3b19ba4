/* svelte-check and Vite read the same settings from here: there are none but the defaults. */
export default {};
