// Shows the description with Redoc, which is here as its makers packed it.

const reference = document.getElementById("reference");

// Redoc's menu ends in a picture from its makers' host, and has no option against it. Nothing here
// may leave this machine: such a picture gets no address, and the error by which Redoc takes it out.
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
  // Addresses to copy are the mock's first.
  const here = new URL("..", location.href).href.replace(/\/$/, "");
  description.servers.unshift({ url: here, description: "This mock." });
  Redoc.init(description, OPTIONS, reference);
} catch (error) {
  reference.textContent = `The description cannot be shown: ${error.message}`;
}
