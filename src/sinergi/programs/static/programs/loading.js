// Libraries that only some pages need, fetched when they are.

export function loaded(src) {
  return new Promise((done, fail) => {
    const script = document.createElement("script");
    script.src = src;
    script.onload = done;
    script.onerror = fail;
    document.head.append(script);
  });
}
