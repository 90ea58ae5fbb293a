/**
 * Runs before the first paint, so that nobody at night sees a white flash. `system` follows the
 * browser; the choice is kept under the same key that `components/frame/theme.ts` writes.
 */
export const themeScript = `(function(){var d=document.documentElement,m=matchMedia('(prefers-color-scheme: light)');
function t(){var c='system';try{c=localStorage.getItem('signalbox.theme')||c}catch(e){}
d.dataset.theme=c==='light'||c==='dark'?c:m.matches?'light':'dark'}
t();m.addEventListener('change',t);addEventListener('storage',t)})()`
