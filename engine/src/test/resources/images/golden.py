# Pictures of every kind and what PIL makes of them: python golden.py (Pillow 13.0, numpy 2.4), into this folder.
import base64, io, json, numpy as np
from PIL import Image, ImageOps

W, H = 37, 26
y, x = np.mgrid[0:H, 0:W]
rgb = np.stack([x * 255 // W, y * 255 // H, (x * 7 + y * 13) % 256], -1).astype(np.uint8)
rgb[5:15, 8:20] = [220, 30, 60]
picture = Image.fromarray(rgb)
alpha = Image.fromarray(np.dstack([rgb, (x * 255 // (W - 1)).astype(np.uint8)]))

picture.save("colours.png")
picture.convert("L").save("grey.png")
alpha.save("alpha.png")
alpha.convert("LA").save("grey-alpha.png")
picture.quantize(16).save("palette.png")
Image.fromarray((x * 1700).astype(np.uint16)).save("sixteen.png")
picture.save("colours.bmp")
picture.quantize(64).save("colours.gif")
picture.save("colours.jpg", quality=92)
picture.convert("L").save("grey.jpg", quality=92)
picture.convert("CMYK").save("cmyk.jpg", quality=95)
picture.save("progressive.jpg", quality=90, progressive=True)
for orientation in range(2, 9):
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture.save(f"turned-{orientation}.jpg", quality=95, subsampling=0, exif=exif)

def upright(name):
    image = ImageOps.exif_transpose(Image.open(name))
    if image.mode == "I;16":
        return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8)).convert("RGB")
    if image.mode in ("RGBA", "LA"):
        white = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(white, image.convert("RGBA")).convert("RGB")
    return image.convert("RGB")

def text(image):
    return base64.b64encode(np.asarray(image, np.uint8).tobytes()).decode()

import glob
golden = {}
for name in sorted(sum((glob.glob("*." + e) for e in ("png", "jpg", "gif", "bmp")), [])):
    image = upright(name)
    golden[name] = {"width": image.width, "height": image.height, "pixels": text(image)}
sizes = {}
for name, (w, h), method in [
    ("smaller-bilinear", (11, 9), Image.BILINEAR), ("smaller-bicubic", (11, 9), Image.BICUBIC),
    ("larger-bilinear", (61, 53), Image.BILINEAR), ("larger-bicubic", (61, 53), Image.BICUBIC)]:
    sizes[name] = {"width": w, "height": h, "pixels": text(picture.resize((w, h), method))}
json.dump({"decoded": golden, "resized": sizes, "luma": text(picture.convert("L"))}, open("golden.json", "w"))
