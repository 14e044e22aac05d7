// The pictures that the server has: their list, and their pixels as the model saw them.

/** The longer side to which larger pictures are shrunken before they are drawn. */
export const finest = 1280;

/** @param {ReturnType<import("./service.js").makeService>} service */
export function makePictures(service) {
  let list = [];
  let total = 0;
  const pixels = new Map();
  const thumbnails = new Map();

  function keep(cache, id, value, most) {
    cache.delete(id);
    cache.set(id, value);
    if (cache.size > most) cache.delete(cache.keys().next().value);
    return value;
  }

  /** The pixels of a picture, or the promise of them; the last few are kept. */
  function load(id) {
    if (pixels.has(id)) return keep(pixels, id, pixels.get(id), 8);
    const picture = list.find((each) => each.id === id);
    // The size of a picture that was never read is not known.
    const large = !(Math.max(picture?.width, picture?.height) <= finest);
    const promise = service.blob(`/api/pictures/${id}.png${large ? `?side=${finest}` : ""}`).then(decoded);
    promise.catch(() => pixels.delete(id));
    return keep(pixels, id, promise, 8);
  }

  return {
    get list() { return list; },
    get total() { return total; },
    find: (id) => list.find((each) => each.id === id),
    name: (id) => nameOf(list.find((each) => each.id === id)),
    load,
    async more(count = 200) {
      const answer = await service.json(`/api/pictures?from=${list.length}&count=${count}`);
      const known = new Set(list.map((each) => each.id));
      list = [...list, ...answer.pictures.filter((each) => !known.has(each.id))];
      // A page of pictures that are all known would be asked for again and again.
      total = answer.pictures.length ? Math.max(list.length, answer.total ?? list.length) : list.length;
    },
    async upload(file, name) {
      const picture = await service.upload(file, name);
      if (!list.some((each) => each.id === picture.id)) {
        list = [picture, ...list];
        total += 1;
      }
      return picture;
    },
    async forget(id) {
      await service.forget(id);
      list = list.filter((each) => each.id !== id);
      total -= 1;
      pixels.delete(id);
      thumbnails.delete(id);
    },
    /** The address of a small picture. It is fetched by script, since an image sends no token. */
    thumbnail(id) {
      if (!thumbnails.has(id)) {
        const promise = service.blob(`/api/pictures/${id}.png?side=160`).then((blob) => URL.createObjectURL(blob));
        promise.catch(() => thumbnails.delete(id));
        thumbnails.set(id, promise);
      }
      return thumbnails.get(id);
    },
  };
}

/** The name that people see; the birds that are built in are no files with an ending. */
export function nameOf(picture) {
  if (!picture) return "a picture that is not here";
  if (picture.from !== "built-in") return picture.name;
  const words = picture.name.replace(/\.png$/, "").replaceAll("-", " ");
  return words[0].toUpperCase() + words.slice(1);
}

/** The pixels of a PNG file: RGBA, not touched by color management. */
async function decoded(blob) {
  const bitmap = await createImageBitmap(blob, { colorSpaceConversion: "none", premultiplyAlpha: "none" });
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  return { width: bitmap.width, height: bitmap.height, data };
}
