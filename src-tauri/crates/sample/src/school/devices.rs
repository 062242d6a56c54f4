//! 仪器设备: the devices in classrooms and training rooms.

use jiff::civil::{Date, date};

use super::kind::SchoolKind;
use super::people::{office_member, teachers_of};
use super::places::{Lab, Room};
use crate::calendar::{TERM_SO_FAR, after};
use crate::random::Random;

/// 仪器设备: one device.
#[derive(Debug, Clone)]
pub struct Device {
    /// 仪器号.
    pub number: String,
    /// Chinese and English name.
    pub name: (&'static str, &'static str),
    /// 型号.
    pub model: &'static str,
    /// 生产厂家.
    pub maker: &'static str,
    /// Country of the maker as numeric code of ISO 3166-1.
    pub country: &'static str,
    /// Index of its room.
    pub room: usize,
    /// Index in the staff of the person responsible for it.
    pub keeper: usize,
    /// Day of purchase.
    pub bought: Date,
    /// Price in yuan.
    pub price: i64,
    /// 技术指标: what it can do.
    pub abilities: &'static str,
    /// 配置: the parts that belong to it.
    pub parts: &'static str,
    /// Code of GDXXGDZCFLYDM.
    pub class: &'static str,
    /// Whether its hours of use are recorded, as for devices in multimedia rooms.
    pub recorded: bool,
}

/// A type of device: Chinese name, English name, model, maker, price in yuan, abilities, parts.
type DeviceSpec = (&'static str, &'static str, &'static str, &'static str, i64, &'static str, &'static str);

/// The types of device in each multimedia room.
const ROOM_DEVICES: [DeviceSpec; 3] = [
    (
        "智慧交互大屏",
        "Interactive flat panel",
        "SL-IFP86",
        "示例电子元件有限公司",
        26800,
        "86英寸，4K分辨率，20点触控",
        "大屏主机、移动支架、书写笔",
    ),
    (
        "录播主机",
        "Lecture recording host",
        "SL-REC400",
        "示例云创软件有限公司",
        18500,
        "四路高清录制，支持直播推流",
        "录播主机、摄像机两台、拾音器",
    ),
    (
        "多媒体中控",
        "Multimedia controller",
        "SL-CTRL2",
        "示例星网信息技术有限公司",
        6200,
        "集中控制投影、音响、灯光和窗帘",
        "中控主机、控制面板",
    ),
];
/// The types of device in the training rooms of each unit.
const LAB_DEVICES: [[DeviceSpec; 3]; 7] = [
    [
        (
            "教学用工作站",
            "Teaching workstation",
            "SL-WS7",
            "示例云创软件有限公司",
            7800,
            "八核处理器，32GB内存，1TB固态硬盘",
            "主机、27英寸显示器、键盘鼠标",
        ),
        (
            "三层交换机",
            "Layer 3 switch",
            "SL-SW5700",
            "示例星网信息技术有限公司",
            12600,
            "48口千兆，4口万兆上联",
            "交换机、堆叠线缆、机架套件",
        ),
        (
            "机架式服务器",
            "Rack server",
            "SL-R2U",
            "示例数联大数据服务有限公司",
            46500,
            "双路处理器，256GB内存，双万兆网卡",
            "服务器、导轨、冗余电源",
        ),
    ],
    [
        (
            "数控车床",
            "CNC lathe",
            "SL-CK6140",
            "示例数控机床有限公司",
            168000,
            "最大回转直径400mm，主轴转速2000r/min",
            "机床、三爪卡盘、四工位刀架",
        ),
        (
            "六轴工业机器人",
            "Six-axis industrial robot",
            "SL-R10",
            "示例机器人系统集成有限公司",
            198000,
            "负载10kg，臂展1450mm，重复定位精度0.05mm",
            "本体、控制柜、示教器",
        ),
        (
            "可编程控制器实训台",
            "PLC training bench",
            "SL-PLC12",
            "示例自动化工程有限公司",
            23500,
            "含触摸屏和变频器，可完成12个实训项目",
            "实训台、控制器模块、触摸屏",
        ),
    ],
    [
        (
            "整车故障诊断仪",
            "Vehicle diagnostic scanner",
            "SL-OBD9",
            "示例机动车检测有限公司",
            15800,
            "支持读取故障码、数据流和动作测试",
            "主机、诊断接头、充电底座",
        ),
        (
            "新能源汽车实训整车",
            "Electric vehicle for training",
            "SL-EV01",
            "示例新能源汽车有限公司",
            156000,
            "续航410km，带断电保护和测量面板",
            "整车、测量面板、充电枪",
        ),
        (
            "四轮定位仪",
            "Wheel aligner",
            "SL-3D5",
            "示例机动车检测有限公司",
            68000,
            "三维影像测量，前束精度0.02度",
            "立柱、夹具四套、举升转角盘",
        ),
    ],
    [
        (
            "财务共享沙盘",
            "Shared finance sandbox",
            "SL-FS30",
            "示例财税咨询有限公司",
            32000,
            "支持30人分岗实训",
            "沙盘软件、教师机、票据套件",
        ),
        (
            "直播设备套装",
            "Live streaming kit",
            "SL-LIVE3",
            "示例直播科技有限公司",
            19800,
            "双机位高清直播，支持绿幕抠像",
            "摄像机两台、灯光、切换台",
        ),
        (
            "自动化立体货架",
            "Automated storage rack",
            "SL-AS18",
            "示例智慧物流有限公司",
            285000,
            "18列4层，配堆垛机和输送线",
            "货架、堆垛机、控制柜",
        ),
    ],
    [
        (
            "彩色数码印刷机",
            "Digital press",
            "SL-DP650",
            "示例印艺包装有限公司",
            128000,
            "每分钟65页，最大幅面330mm×660mm",
            "主机、装订单元、色彩管理软件",
        ),
        (
            "图形工作站",
            "Graphics workstation",
            "SL-GW9",
            "示例云创软件有限公司",
            13800,
            "16核处理器，专业图形显卡，64GB内存",
            "主机、校色显示器、数位板",
        ),
        (
            "三维扫描仪",
            "3D scanner",
            "SL-3DS2",
            "示例智造装备股份有限公司",
            56000,
            "扫描精度0.05mm，支持彩色纹理",
            "扫描仪、标定板、便携箱",
        ),
    ],
    [
        (
            "全站仪",
            "Total station",
            "SL-TS02",
            "示例工程造价咨询有限公司",
            38500,
            "测角精度2秒，无棱镜测程500m",
            "主机、三脚架、棱镜组",
        ),
        (
            "混凝土压力试验机",
            "Concrete compression tester",
            "SL-YE2000",
            "示例建设集团有限公司",
            42000,
            "最大试验力2000kN",
            "主机、油源、试件夹具",
        ),
        (
            "建筑信息模型工作站",
            "BIM workstation",
            "SL-BIM7",
            "示例云创软件有限公司",
            14600,
            "16核处理器，64GB内存",
            "主机、双显示器",
        ),
    ],
    [
        (
            "高级心肺复苏模拟人",
            "CPR manikin",
            "SL-CPR500",
            "示例智造装备股份有限公司",
            16800,
            "按压深度和频率实时反馈",
            "模拟人、显示屏、训练垫",
        ),
        (
            "多参数监护仪",
            "Patient monitor",
            "SL-PM8",
            "示例电子元件有限公司",
            21500,
            "心电、血氧、血压、体温四参数",
            "主机、血氧探头、血压袖带",
        ),
        ("护理床", "Nursing bed", "SL-NB3", "示例颐养护理院", 5600, "三折电动，带护栏", "床体、床垫、餐板"),
    ],
];

/// All devices: three in each multimedia room, then eight in each training room.
pub fn devices(kind: &SchoolKind, rooms: &[Room], labs: &[Lab]) -> Vec<Device> {
    let mut devices = Vec::new();
    for room in (0..rooms.len()).filter(|&room| rooms[room].kind == "1") {
        for spec in ROOM_DEVICES {
            let keeper = office_member("信息中心", devices.len() % 2 == 1);
            devices.push(device(devices.len(), spec, room, keeper, date(2018, 3, 1), true));
        }
    }
    for (n, lab) in labs.iter().enumerate() {
        let unit = kind.majors[lab.major].unit;
        let keeper = keeper_of(kind, n, lab);
        for k in 0..8 {
            let spec = LAB_DEVICES[unit][(n + k) % 3];
            devices.push(device(devices.len(), spec, lab.room, keeper, lab.since, false));
        }
    }
    devices
}

/// Index in the staff of the teacher who is responsible for the `n`th training room and its devices.
pub fn keeper_of(kind: &SchoolKind, n: usize, lab: &Lab) -> usize {
    let teachers = teachers_of(kind.majors[lab.major].unit);
    teachers.start + n * 5 % teachers.len()
}

fn device(n: usize, spec: DeviceSpec, room: usize, keeper: usize, from: Date, recorded: bool) -> Device {
    let (name, english, model, maker, price, abilities, parts) = spec;
    let mut random = Random::of("device", n);
    Device {
        number: format!("YQ{:06}", n + 1),
        name: (name, english),
        model,
        maker,
        country: if price > 100_000 && random.chance(15) { "276" } else { "156" },
        room,
        keeper,
        bought: random.school_day(after(from, 10), date(2025, 12, 20).max(after(from, 200)).min(TERM_SO_FAR.1)),
        price: price + random.between(-5, 5) * (price / 200),
        abilities,
        parts,
        class: if price > 40_000 { "3" } else { "2" },
        recorded,
    }
}
