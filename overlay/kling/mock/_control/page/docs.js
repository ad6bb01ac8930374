// Renders the description with Redoc, whose file is unchanged.

const reference = document.getElementById("reference");

// Redoc's menu ends with an image from another host, and no option removes it. This page must not
// load anything from other hosts, so such an image gets no URL, and an error event removes it.
Object.defineProperty(HTMLImageElement.prototype, "src", {
  set(value) {
    this.setAttribute("src", value);
  },
  get() {
    return this.getAttribute("src");
  },
});
HTMLImageElement.prototype.setAttribute = function (name, value) {
  if (name === "src" && /^https?:/.test(value) && new URL(value).origin !== location.origin) {
    queueMicrotask(() => this.dispatchEvent(new Event("error")));
  } else {
    Element.prototype.setAttribute.call(this, name, value);
  }
};

const OPTIONS = {
  downloadUrls: [
    { title: "openapi.json", url: "openapi.json" },
    { title: "openapi.portable.json", url: "openapi.portable.json" },
  ],
  theme: {
    typography: {
      fontFamily: "system-ui, sans-serif",
      headings: { fontFamily: "system-ui, sans-serif" },
      code: { fontFamily: "ui-monospace, monospace" },
    },
  },
};

try {
  const reply = await fetch("openapi.portable.json");
  if (!reply.ok) throw new Error(`GET openapi.portable.json: ${reply.status}`);
  const description = await reply.json();
  // The first server is this mock, so that URLs in the reference can be copied.
  const here = new URL("..", location.href).href.replace(/\/$/, "");
  description.servers.unshift({ url: here, description: "This mock." });
  Redoc.init(description, OPTIONS, reference);
} catch (error) {
  reference.textContent = `The description cannot be shown: ${error.message}`;
}
